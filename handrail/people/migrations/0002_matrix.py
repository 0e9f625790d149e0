"""Tables for who is responsible, accountable, consulted and informed; delegates, gaps."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for who is responsible, accountable, consulted and informed; delegates, gaps."""

    dependencies = [("people", "0001_people")]
    operations = []

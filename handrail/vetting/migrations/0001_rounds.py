"""Tables for rounds, remarks, dispositions and sign-offs."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for rounds, remarks, dispositions and sign-offs."""

    dependencies = [("people", "0001_people")]
    operations = []

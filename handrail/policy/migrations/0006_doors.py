"""Tables for suggestions that come in through Word and Git."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for suggestions that come in through Word and Git."""

    dependencies = [("policy", "0005_around")]
    operations = []

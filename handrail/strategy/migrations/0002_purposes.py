"""Tables for domains, purposes, initiatives, plans."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for domains, purposes, initiatives, plans."""

    dependencies = [("strategy", "0001_goals")]
    operations = []

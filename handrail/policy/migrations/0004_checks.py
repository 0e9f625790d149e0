"""Tables for waivers and questions to legal."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for waivers and questions to legal."""

    dependencies = [("policy", "0003_ledger")]
    operations = []

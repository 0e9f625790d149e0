"""Tables for the clause ledger, edits and their undoing, typed changes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for the clause ledger, edits and their undoing, typed changes."""

    dependencies = [("policy", "0002_published_stays")]
    operations = []

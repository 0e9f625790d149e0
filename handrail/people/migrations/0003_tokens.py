"""Tables for tokens for the API."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables for tokens for the API."""

    dependencies = [("people", "0002_matrix")]
    operations = []

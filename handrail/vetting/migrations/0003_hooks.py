"""A table for the channels outside that are told about rounds."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table for the channels outside that are told about rounds."""

    dependencies = [("vetting", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], max_length=8)),
                ("sealed", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("last_went_well", models.BooleanField(default=False)),
                ("last_words", models.CharField(blank=True, max_length=200)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("name",), name="one_live_hook_per_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("removed_at__isnull", True), ("sealed", ""), _connector="OR"),
                        name="a_removed_hook_keeps_no_address",
                    ),
                ],
            },
        ),
    ]

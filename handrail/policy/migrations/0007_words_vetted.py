"""A version keeps the fingerprint of the words that vetting saw, and may wait for its day."""

from importlib import import_module

from django.db import migrations, models

EARLIER = import_module("handrail.policy.migrations.0002_published_stays")


class Migration(migrations.Migration):
    """The fingerprint, the state of waiting, and one waiting version per policy."""

    dependencies = [("policy", "0006_doors"), ("vetting", "0001_rounds")]
    operations = [
        # SQLite makes the table anew, which it can't while a trigger names it; 0008 puts the triggers up again.
        migrations.RunPython(EARLIER.lift, EARLIER.put_up),
        migrations.AddField(
            model_name="version",
            name="text_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="version",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_vetting", "In vetting"),
                    ("cleared", "Cleared"),
                    ("scheduled", "Published, not in force yet"),
                    ("published", "In force"),
                    ("superseded", "Superseded"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "scheduled")),
                fields=("policy",),
                name="one_version_scheduled_per_policy",
            ),
        ),
    ]

"""Whoever wrote words into a draft that was dropped stays their author when they are brought in anew."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of dropped words and who wrote them."""

    dependencies = [("policy", "0008_cleared_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="DraftWriter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, max_length=40)),
                ("words_sha", models.CharField(max_length=64)),
                ("dropped_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dropped_words", to="policy.policy"
                    ),
                ),
            ],
            options={
                "ordering": ["policy", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "key", "words_sha", "person"), name="one_row_per_writer_of_dropped_words"
                    )
                ],
            },
        )
    ]

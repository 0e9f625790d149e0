"""Tables for waivers, questions to legal and the profile the check reads for."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def _person(**more: object) -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _policy(name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name=name, to="policy.policy")


class Migration(migrations.Migration):
    """Tables for waivers, questions to legal and the profile the check reads for."""

    dependencies = [("policy", "0003_ledger"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="LintProfile",
            fields=[
                ("id", _id()),
                ("countries", models.JSONField(default=list)),
                ("sector", models.CharField(blank=True, max_length=20)),
                ("public", models.BooleanField(default=False)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("set_by", _person()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_profile_of_the_check")]
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", _id()),
                ("rule", models.CharField(max_length=8)),
                ("clause_key", models.CharField(blank=True, max_length=40)),
                ("quote", models.CharField(blank=True, max_length=320)),
                ("reason", models.CharField(max_length=600)),
                ("expires_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("by", _person()),
                ("ended_by", _person()),
                ("policy", _policy("waivers")),
            ],
            options={
                "ordering": ["policy", "-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("policy", "rule", "clause_key", "quote"),
                        name="one_live_waiver_per_finding",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalQuestion",
            fields=[
                ("id", _id()),
                ("rule", models.CharField(max_length=8)),
                ("clause_key", models.CharField(blank=True, max_length=40)),
                ("quote", models.CharField(blank=True, max_length=320)),
                ("words", models.CharField(blank=True, max_length=600)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", _person()),
                ("asked_by", _person()),
                ("policy", _policy("legal_questions")),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="policy.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("policy", "rule", "clause_key", "quote"),
                        name="one_open_question_per_finding",
                    )
                ],
            },
        ),
    ]

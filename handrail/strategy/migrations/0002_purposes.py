"""Tables for domains, purposes, initiatives, plans; an issued plan never changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


SAID = "A plan that was issued can''t be changed or removed."
SQLITE = [
    f"""
    CREATE TRIGGER strategy_plan_stays BEFORE UPDATE ON strategy_plan
    WHEN NEW.text IS NOT OLD.text OR NEW.record IS NOT OLD.record OR NEW.sha256 IS NOT OLD.sha256
      OR NEW.number IS NOT OLD.number OR NEW.issued_at IS NOT OLD.issued_at
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER strategy_plan_not_removed BEFORE DELETE ON strategy_plan
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION strategy_plan_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER strategy_plan_stays BEFORE UPDATE ON strategy_plan FOR EACH ROW
    WHEN (NEW.text IS DISTINCT FROM OLD.text OR NEW.record::text IS DISTINCT FROM OLD.record::text
      OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.number IS DISTINCT FROM OLD.number
      OR NEW.issued_at IS DISTINCT FROM OLD.issued_at)
    EXECUTE FUNCTION strategy_plan_refuse()
    """,
    """
    CREATE TRIGGER strategy_plan_not_removed BEFORE DELETE ON strategy_plan FOR EACH ROW
    EXECUTE FUNCTION strategy_plan_refuse()
    """,
]


def put_up(apps, schema_editor):
    """Create the triggers of this database."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    """Remove them again."""
    on = " ON strategy_plan" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("strategy_plan_stays", "strategy_plan_not_removed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


class Migration(migrations.Migration):
    """Tables for domains, purposes, initiatives, plans."""

    dependencies = [
        ("strategy", "0001_goals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Domain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120, unique=True)),
                ("expected_impact", models.CharField(blank=True, max_length=500)),
                (
                    "readiness",
                    models.CharField(
                        choices=[("not_asked", "Not asked"), ("trying", "Trying it"), ("ready", "Ready")],
                        default="not_asked",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="domains",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                ("channel", models.CharField(blank=True, max_length=120)),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employees", "Employees"),
                            ("partners", "Business partners"),
                            ("customers", "Customers and prospects"),
                            ("social_web", "The social web"),
                        ],
                        max_length=12,
                    ),
                ),
                ("how_often", models.CharField(blank=True, max_length=80)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="strategy.domain"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("channels", models.CharField(blank=True, max_length=300)),
                ("on_mission", models.CharField(blank=True, max_length=600)),
                ("on_strategy", models.CharField(blank=True, max_length=600)),
                ("on_values", models.CharField(blank=True, max_length=600)),
                ("on_outcomes", models.CharField(blank=True, max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("live", "Live"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("live_at", models.DateTimeField(blank=True, null=True)),
                ("gates_held", models.BooleanField(default=False)),
                ("override_reason", models.CharField(blank=True, max_length=400)),
                ("override_missing", models.JSONField(blank=True, default=list)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("came_of", models.CharField(blank=True, max_length=600)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="initiatives",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "override_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="InitiativeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("live", "Live"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said", models.CharField(max_length=600)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="strategy.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("record", models.JSONField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("statement", models.CharField(max_length=600)),
                ("why", models.CharField(blank=True, max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("again", "Needs another look"),
                            ("dropped", "Dropped"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=600)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("reminded_for", models.DateField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("domains", models.ManyToManyField(blank=True, related_name="purposes", to="strategy.domain")),
                ("goals", models.ManyToManyField(blank=True, related_name="purposes", to="strategy.goal")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="purposes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="purpose",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="initiatives", to="strategy.purpose"
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trait",
                    models.CharField(
                        choices=[
                            ("magnetic", "Magnetic"),
                            ("aligned", "Aligned"),
                            ("low_risk", "Low risk"),
                            ("scoped", "Properly scoped"),
                            ("evolution", "Promotes evolution"),
                            ("measurable", "Measurable"),
                            ("community", "Community-driven"),
                        ],
                        max_length=12,
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="strategy.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["trait", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PurposeCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("monitor", "Monitor"),
                            ("discover", "Discover"),
                            ("share", "Share"),
                            ("participate", "Participate"),
                            ("co_create", "Co-create"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "constituency",
                    models.CharField(
                        choices=[
                            ("employees", "Employees"),
                            ("partners", "Business partners"),
                            ("customers", "Customers and prospects"),
                            ("social_web", "The social web"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="strategy.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PurposeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("changed", "Changed"),
                            ("approved", "Approved"),
                            ("reopened", "Reopened"),
                            ("kept", "Kept"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=600)),
                ("why", models.CharField(blank=True, max_length=600)),
                ("name", models.CharField(max_length=120)),
                ("statement", models.CharField(max_length=600)),
                ("cells", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="strategy.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=200)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("baseline", models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ("baseline_on", models.DateField(blank=True, null=True)),
                ("value", models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("every_days", models.PositiveSmallIntegerField(default=90)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="strategy.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=3, max_digits=16)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="strategy.target"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="EmptyCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("monitor", "Monitor"),
                            ("discover", "Discover"),
                            ("share", "Share"),
                            ("participate", "Participate"),
                            ("co_create", "Co-create"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "constituency",
                    models.CharField(
                        choices=[
                            ("employees", "Employees"),
                            ("partners", "Business partners"),
                            ("customers", "Customers and prospects"),
                            ("social_web", "The social web"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("decided_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["level", "constituency"],
                "constraints": [models.UniqueConstraint(fields=("level", "constituency"), name="cell_empty_once")],
            },
        ),
        migrations.CreateModel(
            name="InitiativeCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("monitor", "Monitor"),
                            ("discover", "Discover"),
                            ("share", "Share"),
                            ("participate", "Participate"),
                            ("co_create", "Co-create"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "constituency",
                    models.CharField(
                        choices=[
                            ("employees", "Employees"),
                            ("partners", "Business partners"),
                            ("customers", "Customers and prospects"),
                            ("social_web", "The social web"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="strategy.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "level", "constituency"), name="initiative_in_a_cell_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="purpose_approved_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "approved"]),
                    ("gates_held", True),
                    models.Q(("live_at__isnull", True), ("state", "closed")),
                    models.Q(("override_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="initiative_live_by_gates_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("came_of", ""), _negated=True),
                    _connector="OR",
                ),
                name="initiative_closed_says_what_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("purpose", "trait", "assessor"), name="one_rating_for_each_trait"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="rating_from_one_to_five"
            ),
        ),
        migrations.AddConstraint(
            model_name="purposecell",
            constraint=models.UniqueConstraint(
                fields=("purpose", "level", "constituency"), name="purpose_in_a_cell_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("purpose", "measure"), name="purpose_measured_once_by_each_measure"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_days__gte", 1)), name="readings_come_at_least_daily"
            ),
        ),
        migrations.RunPython(put_up, lift),
    ]

"""Tables for rounds, remarks, dispositions and sign-offs."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables for rounds, remarks, dispositions and sign-offs."""

    dependencies = [("people", "0001_people")]
    operations = [
        migrations.CreateModel(
            name="Outsider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_key", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("href", models.CharField(blank=True, max_length=300)),
                ("asks", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("cleared", "Cleared"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("text_sha256", models.CharField(max_length=64)),
                ("words_sha256", models.CharField(max_length=64)),
                ("anonymous", models.BooleanField(default=False)),
                ("for_everyone", models.BooleanField(default=False)),
                ("open_to_words", models.CharField(blank=True, max_length=160)),
                ("invited", models.PositiveIntegerField(default=0)),
                ("letters", models.PositiveIntegerField(default=0)),
                ("groups", models.JSONField(blank=True, default=dict)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closes_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "open_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.audience",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RequiredInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("legal", "Legal"),
                            ("security", "Security"),
                            ("privacy", "Privacy"),
                            ("brand", "Brand"),
                            ("employees", "Employees"),
                        ],
                        max_length=32,
                    ),
                ),
                ("quorum", models.PositiveIntegerField(default=1)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="required", to="vetting.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(editable=False, max_length=16, unique=True)),
                ("anonymous", models.BooleanField(default=False)),
                ("receipt_sha256", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("by_receipt", models.BooleanField(default=False)),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legal", "Legal"),
                            ("security", "Security"),
                            ("privacy", "Privacy"),
                            ("brand", "Brand"),
                            ("employees", "Employees"),
                        ],
                        max_length=32,
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=120)),
                ("clause_key", models.CharField(blank=True, max_length=80)),
                ("quote", models.TextField(blank=True)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("whole", "On the whole text"),
                            ("anchored", "Where it was made"),
                            ("carried", "Carried over"),
                            ("reanchored", "Moved with the words"),
                            ("detached", "Its words are gone"),
                        ],
                        default="whole",
                        max_length=12,
                    ),
                ),
                ("said_clause", models.CharField(blank=True, max_length=80)),
                ("said_quote", models.TextField(blank=True)),
                ("said_before", models.CharField(blank=True, max_length=200)),
                ("said_after", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField()),
                ("suggested", models.TextField(blank=True)),
                ("is_condition", models.BooleanField(default=False)),
                ("because_rule", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("once", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                (
                    "outsider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="vetting.outsider",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="vetting.remark",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="vetting.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="outsider",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="outsiders", to="vetting.round"
            ),
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("clause_key", models.CharField(blank=True, max_length=80)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="vetting.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letterbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letters", models.JSONField(default=list)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letterbox", to="vetting.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InterestLeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("legal", "Legal"),
                            ("security", "Security"),
                            ("privacy", "Privacy"),
                            ("brand", "Brand"),
                            ("employees", "Employees"),
                        ],
                        max_length=32,
                    ),
                ),
                ("why", models.TextField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="left_out", to="vetting.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RoundAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.PositiveIntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="author_rows", to="vetting.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legal", "Legal"),
                            ("security", "Security"),
                            ("privacy", "Privacy"),
                            ("brand", "Brand"),
                            ("employees", "Employees"),
                        ],
                        max_length=32,
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=120)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="vetting.round"
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
                ("clause_key", models.CharField(max_length=80)),
                ("clause_sha", models.CharField(max_length=64)),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="vetting.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text_sha256", models.CharField(max_length=64)),
                ("words_sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.TextField(blank=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="vetting.round"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("legal", "Legal"),
                            ("security", "Security"),
                            ("privacy", "Privacy"),
                            ("brand", "Brand"),
                            ("employees", "Employees"),
                        ],
                        max_length=32,
                    ),
                ),
                ("words_sha256", models.CharField(max_length=64)),
                ("condition", models.TextField(blank=True)),
                ("condition_met_at", models.DateTimeField(blank=True, null=True)),
                ("condition_met_how", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stale_since", models.PositiveIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="vetting.remark",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_offs", to="vetting.round"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_offs", to="vetting.snapshot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="remark",
            name="said_on",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="vetting.snapshot"
            ),
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("adopted", "Adopted"),
                            ("adapted", "Adapted"),
                            ("declined", "Declined"),
                            ("out_of_scope", "Out of scope"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_clause", models.CharField(blank=True, max_length=80)),
                ("changed_number", models.CharField(blank=True, max_length=40)),
                ("words_before", models.TextField(blank=True)),
                ("words_after", models.TextField(blank=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_why", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="vetting.remark",
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="vetting.remark"
                    ),
                ),
                (
                    "on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vetting.snapshot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SnapshotClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("heading", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField()),
                ("level", models.IntegerField(default=0)),
                ("kind", models.CharField(blank=True, max_length=32)),
                ("sha", models.CharField(max_length=64)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clauses", to="vetting.snapshot"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Stand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("support", models.BooleanField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stands", to="vetting.remark"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "disposition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="vetting.disposition"
                    ),
                ),
                (
                    "outsider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vetting.outsider",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)), fields=["person"], name="answers_not_seen"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outsider__isnull", True), ("person__isnull", False)),
                            models.Q(("outsider__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="an_answer_goes_to_one_person",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["subject_kind", "subject_key", "-id"], name="rounds_by_subject"),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["state", "closes_at"], name="rounds_by_state"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("subject_kind", "subject_key"),
                name="one_open_round_per_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredinterest",
            constraint=models.UniqueConstraint(fields=("round", "interest"), name="an_interest_is_required_once"),
        ),
        migrations.AddConstraint(
            model_name="requiredinterest",
            constraint=models.CheckConstraint(condition=models.Q(("quorum__gte", 1)), name="a_quorum_is_at_least_one"),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["round", "clause_key", "group"], name="openings_by_group"),
        ),
        migrations.AddConstraint(
            model_name="interestleftout",
            constraint=models.UniqueConstraint(fields=("round", "interest"), name="an_interest_is_left_out_once"),
        ),
        migrations.AddConstraint(
            model_name="roundauthor",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="an_author_is_named_once"),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["round", "interest"], name="seats_by_interest"),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", True)), fields=["round"], name="seats_not_asked_yet"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("round", "person", "interest"), name="one_seat_per_interest"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("seat", "clause_key", "clause_sha"), name="a_clause_is_read_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="one_snapshot_per_number"),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("round", "interest", "person"),
                name="one_live_sign_off_per_reviewer",
            ),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["round", "clause_key"], name="remarks_by_clause"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["person"], name="remarks_by_person"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("anonymous", True),
                        ("made_at__isnull", True),
                        ("outsider__isnull", True),
                        ("person__isnull", True),
                    ),
                    models.Q(
                        ("anonymous", False),
                        ("receipt_sha256__isnull", True),
                        models.Q(
                            models.Q(("outsider__isnull", True), ("person__isnull", False)),
                            models.Q(("outsider__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="anonymous_names_nobody_and_no_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_at__isnull", True)),
                fields=("remark",),
                name="one_live_disposition_per_remark",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshotclause",
            constraint=models.UniqueConstraint(fields=("snapshot", "key"), name="one_clause_per_key_and_snapshot"),
        ),
        migrations.AddConstraint(
            model_name="stand",
            constraint=models.UniqueConstraint(fields=("remark", "person"), name="one_stand_per_person"),
        ),
    ]

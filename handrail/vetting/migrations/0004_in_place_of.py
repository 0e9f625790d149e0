"""People from elsewhere take sides; stand-ins sign in a reviewer's place; a remark has somebody who answers it."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

GUARDS = import_module("handrail.vetting.migrations.0002_guards")
WROTE = "a.round_id = NEW.id AND a.person_id = s.person_id"
PERSON = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


def renewed(name, when):
    """A rule as it reads now: nobody counts twice, once alone and once by a stand-in, and no author by a stand-in."""
    if name == "vetting_clears_heard":
        when = when.replace(WROTE, "a.round_id = NEW.id AND a.person_id IN (s.person_id, s.stands_for_id)")
        return when.replace("COUNT(DISTINCT s.person_id)", "COUNT(DISTINCT COALESCE(s.stands_for_id, s.person_id))")
    if name == "vetting_signature_stays":
        return f"NEW.stands_for_id IS DISTINCT FROM OLD.stands_for_id OR {when}"
    if name == "vetting_ended_stays":
        return when.replace(
            "NEW.closes_at IS DISTINCT", "NEW.names_signers IS DISTINCT FROM OLD.names_signers OR NEW.closes_at IS DISTINCT"
        )
    return when


def put_up(apps, schema_editor):
    """Create the triggers anew, as they read from now on; a table made anew on SQLite has lost its own."""
    kept = list(GUARDS.RULES)
    GUARDS.RULES[:] = [(name, table, deed, renewed(name, when), words) for name, table, deed, when, words in kept]
    try:
        GUARDS.put_up(apps, schema_editor)
    finally:
        GUARDS.RULES[:] = kept


def add_naming(apps, schema_editor):
    """Add the column in place: SQLite would make the table anew, which the triggers of other rooms do not survive."""
    kind = "boolean NOT NULL DEFAULT true" if schema_editor.connection.vendor == "postgresql" else "bool NOT NULL DEFAULT 1"
    schema_editor.execute(f"ALTER TABLE vetting_round ADD COLUMN names_signers {kind}", params=None)


def drop_naming(apps, schema_editor):
    """Remove the column again."""
    schema_editor.execute("ALTER TABLE vetting_round DROP COLUMN names_signers", params=None)


class Migration(migrations.Migration):
    """Lift the triggers, change the tables, put the triggers up again."""

    dependencies = [("vetting", "0003_hooks")]
    operations = [
        migrations.RunPython(GUARDS.lift, GUARDS.put_up),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_naming, drop_naming)],
            state_operations=[
                migrations.AddField("round", "names_signers", models.BooleanField(db_default=True, default=True))
            ],
        ),
        migrations.AddField("seat", "stands_for", models.ForeignKey(**PERSON)),
        migrations.AddField("remark", "assignee", models.ForeignKey(**PERSON)),
        migrations.AddField("signoff", "stands_for", models.ForeignKey(**PERSON)),
        migrations.AddConstraint(
            "signoff",
            models.UniqueConstraint(
                fields=["round", "interest", "stands_for"],
                condition=Q(ended_at__isnull=True, stands_for__isnull=False),
                name="one_live_sign_off_in_a_reviewers_place",
            ),
        ),
        migrations.AlterField("stand", "person", models.ForeignKey(**PERSON)),
        migrations.AddField(
            "stand", "outsider", models.ForeignKey(**(PERSON | {"to": "vetting.outsider"}))
        ),
        migrations.AddConstraint(
            "stand", models.UniqueConstraint(fields=["remark", "outsider"], name="one_stand_per_outsider")
        ),
        migrations.AddConstraint(
            "stand",
            models.CheckConstraint(
                condition=Q(person__isnull=False, outsider__isnull=True) | Q(person__isnull=True, outsider__isnull=False),
                name="a_stand_is_one_persons",
            ),
        ),
        migrations.RunPython(put_up, GUARDS.lift),
    ]

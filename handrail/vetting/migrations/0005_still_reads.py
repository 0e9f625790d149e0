"""PostgreSQL also asks, as a round clears, whether each reviewer still holds the interest, and is here where stood in for."""

from importlib import import_module

from django.db import migrations

GUARDS = import_module("handrail.vetting.migrations.0002_guards")
SECOND = import_module("handrail.vetting.migrations.0004_in_place_of")
NAME = "vetting_clears_heard"
BEFORE = GUARDS.WHO_IS_HERE["postgresql"]
GRANT = (
    "EXISTS (SELECT 1 FROM people_rolegrant g WHERE g.role = 'reviewer' AND g.interest = s.interest "
    "AND g.person_id = COALESCE(s.stands_for_id, s.person_id) AND g.ended_at IS {ended})"
)
NOW = (
    f"{BEFORE} AND (s.stands_for_id IS NULL OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = s.stands_for_id "
    "AND p.is_active AND (p.ends_on IS NULL OR p.ends_on >= CURRENT_DATE - 1))) "
    f"AND ({GRANT.format(ended='NULL')} OR NOT {GRANT.format(ended='NOT NULL')})"
)


def write(schema_editor, who):
    """Give the rule its words anew; the trigger calls it by name. SQLite's must name no table of another room."""
    if schema_editor.connection.vendor != "postgresql":
        return
    when, sentence = next((SECOND.renewed(name, when), said) for name, _, _, when, said in GUARDS.RULES if name == NAME)
    when = when.replace("{who_is_here}", who)
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        params=None,
    )


def put_up(apps, schema_editor):
    """Ask for the role, too."""
    write(schema_editor, NOW)


def lift(apps, schema_editor):
    """Ask only who is here, as before."""
    write(schema_editor, BEFORE)


class Migration(migrations.Migration):
    """The rule of clearing, renewed."""

    dependencies = [("vetting", "0004_in_place_of")]
    operations = [migrations.RunPython(put_up, lift)]

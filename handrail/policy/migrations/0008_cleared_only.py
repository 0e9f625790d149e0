"""Only words that a round of vetting cleared are published: the database itself refuses others."""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("handrail.policy.migrations.0002_published_stays")

SAID = "Only a version that a round of vetting cleared, word for word, can be published."
HELD = "A cleared version keeps the words that everyone signed; take it back to a draft to change them."
COLUMNS = ("markdown", "text_sha256", "policy_id", "number")
CLEARED = """
  EXISTS (SELECT 1 FROM vetting_round WHERE subject_kind = 'version' AND subject_key = CAST(NEW.id AS {text})
    AND state = 'cleared' AND text_sha256 = NEW.text_sha256)
"""
INTO_FORCE = "NEW.state IN ('cleared', 'scheduled', 'published') AND OLD.state NOT IN ('published', 'superseded')"
BORN = "NEW.state <> 'draft'"
HOLDS = "OLD.state IN ('cleared', 'scheduled') AND NEW.state <> 'draft'"
SQLITE = [
    f"""
    CREATE TRIGGER policy_cleared_only BEFORE UPDATE ON policy_version
    WHEN {INTO_FORCE} AND NOT {CLEARED.format(text="TEXT")}
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_born_a_draft BEFORE INSERT ON policy_version WHEN {BORN}
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_cleared_stays BEFORE UPDATE ON policy_version
    WHEN {HOLDS} AND ({" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in COLUMNS)})
    BEGIN SELECT RAISE(ABORT, '{HELD}'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION policy_cleared_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT {CLEARED.format(text="VARCHAR")} THEN
        RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION policy_not_vetted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION policy_signed_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{HELD}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE TRIGGER policy_cleared_only BEFORE UPDATE ON policy_version FOR EACH ROW
    WHEN ({INTO_FORCE}) EXECUTE FUNCTION policy_cleared_only()
    """,
    f"""
    CREATE TRIGGER policy_born_a_draft BEFORE INSERT ON policy_version FOR EACH ROW
    WHEN ({BORN}) EXECUTE FUNCTION policy_not_vetted()
    """,
    f"""
    CREATE TRIGGER policy_cleared_stays BEFORE UPDATE ON policy_version FOR EACH ROW
    WHEN ({HOLDS} AND ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in COLUMNS)}))
    EXECUTE FUNCTION policy_signed_words()
    """,
]
NAMES = ("policy_cleared_only", "policy_born_a_draft", "policy_cleared_stays")


def put_up(apps, schema_editor):
    """Create the triggers of this database, and those of 0002 anew, which 0007 took down."""
    EARLIER.put_up(apps, schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    """Remove them again."""
    on = " ON policy_version" if schema_editor.connection.vendor == "postgresql" else ""
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


class Migration(migrations.Migration):
    """Put the triggers up, over the tables as every earlier step left them."""

    dependencies = [("policy", "0007_words_vetted"), ("vetting", "0001_rounds")]
    operations = [migrations.RunPython(put_up, lift)]

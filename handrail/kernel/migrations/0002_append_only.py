"""The database itself refuses any change to the journal but one more row at its end."""

from django.db import migrations

TABLE = "kernel_journalentry"
START = "0" * 64

SQLITE = [
    f"""
    CREATE TRIGGER journal_no_change BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'The journal is append-only: a fact can''t be changed.'); END
    """,
    f"""
    CREATE TRIGGER journal_no_removal BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'The journal is append-only: a fact can''t be removed.'); END
    """,
    f"""
    CREATE TRIGGER journal_at_the_end BEFORE INSERT ON {TABLE}
    WHEN NEW.id IS NOT COALESCE((SELECT id FROM {TABLE} ORDER BY id DESC LIMIT 1), 0) + 1
      OR NEW.previous IS NOT COALESCE((SELECT hash FROM {TABLE} ORDER BY id DESC LIMIT 1), '{START}')
    BEGIN SELECT RAISE(ABORT, 'The journal is append-only: a fact goes to its end.'); END
    """,
]
SQLITE_LIFTED = [f"DROP TRIGGER IF EXISTS journal_{name}" for name in ("no_change", "no_removal", "at_the_end")]

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'The journal is append-only: a fact can''t be changed or removed.'
          USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION journal_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_id bigint; last_hash text;
    BEGIN
      SELECT id, hash INTO last_id, last_hash FROM {TABLE} ORDER BY id DESC LIMIT 1;
      IF NEW.id <> COALESCE(last_id, 0) + 1 OR NEW.previous <> COALESCE(last_hash, '{START}') THEN
        RAISE EXCEPTION 'The journal is append-only: a fact goes to its end.'
        USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"""
    CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()
    """,
    f"""
    CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()
    """,
    f"""
    CREATE TRIGGER journal_at_the_end BEFORE INSERT ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_at_the_end()
    """,
]
POSTGRESQL_LIFTED = [
    f"DROP TRIGGER IF EXISTS journal_{name} ON {TABLE}" for name in ("no_change", "no_truncate", "at_the_end")
]


def put_up(apps, schema_editor):
    """Create the triggers of this database."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    """Remove them again."""
    for statement in POSTGRESQL_LIFTED if schema_editor.connection.vendor == "postgresql" else SQLITE_LIFTED:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Put the triggers up."""

    dependencies = [("kernel", "0001_start")]
    operations = [migrations.RunPython(put_up, lift)]

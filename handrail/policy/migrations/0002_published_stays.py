"""The database itself refuses to change or remove words that were published."""

from django.db import migrations

SAID = "Words that were published can''t be changed or removed."
SQLITE = [
    f"""
    CREATE TRIGGER policy_published_stays BEFORE UPDATE ON policy_version
    WHEN OLD.state IN ('published', 'superseded') AND (
      NEW.markdown IS NOT OLD.markdown OR NEW.sha256 IS NOT OLD.sha256 OR NEW.number IS NOT OLD.number
      OR NEW.policy_id IS NOT OLD.policy_id OR NEW.state NOT IN ('published', 'superseded')
      OR NEW.published_at IS NOT OLD.published_at OR NEW.effective_on IS NOT OLD.effective_on
      OR NEW.vetted IS NOT OLD.vetted)
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_published_not_removed BEFORE DELETE ON policy_version
    WHEN OLD.state IN ('published', 'superseded')
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_clause_stays BEFORE UPDATE ON policy_clausetext
    WHEN (SELECT state FROM policy_version WHERE id = OLD.version_id) IN ('published', 'superseded')
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_clause_not_removed BEFORE DELETE ON policy_clausetext
    WHEN (SELECT state FROM policy_version WHERE id = OLD.version_id) IN ('published', 'superseded')
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
    f"""
    CREATE TRIGGER policy_clause_not_added BEFORE INSERT ON policy_clausetext
    WHEN (SELECT state FROM policy_version WHERE id = NEW.version_id) IN ('published', 'superseded')
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """,
]
NAMES = {
    "policy_published_stays": "policy_version",
    "policy_published_not_removed": "policy_version",
    "policy_clause_stays": "policy_clausetext",
    "policy_clause_not_removed": "policy_clausetext",
    "policy_clause_not_added": "policy_clausetext",
}
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION policy_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION policy_clause_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE standing text; touched bigint;
    BEGIN
      IF TG_OP = 'INSERT' THEN touched := NEW.version_id; ELSE touched := OLD.version_id; END IF;
      SELECT state INTO standing FROM policy_version WHERE id = touched;
      IF standing IN ('published', 'superseded') THEN
        RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER policy_published_stays BEFORE UPDATE ON policy_version FOR EACH ROW
    WHEN (OLD.state IN ('published', 'superseded') AND (
      NEW.markdown IS DISTINCT FROM OLD.markdown OR NEW.sha256 IS DISTINCT FROM OLD.sha256
      OR NEW.number IS DISTINCT FROM OLD.number OR NEW.policy_id IS DISTINCT FROM OLD.policy_id
      OR NEW.state NOT IN ('published', 'superseded') OR NEW.published_at IS DISTINCT FROM OLD.published_at
      OR NEW.effective_on IS DISTINCT FROM OLD.effective_on OR NEW.vetted IS DISTINCT FROM OLD.vetted))
    EXECUTE FUNCTION policy_refuse()
    """,
    """
    CREATE TRIGGER policy_published_not_removed BEFORE DELETE ON policy_version FOR EACH ROW
    WHEN (OLD.state IN ('published', 'superseded')) EXECUTE FUNCTION policy_refuse()
    """,
    """
    CREATE TRIGGER policy_clause_stays BEFORE INSERT OR UPDATE OR DELETE ON policy_clausetext FOR EACH ROW
    EXECUTE FUNCTION policy_clause_refuse()
    """,
]


def put_up(apps, schema_editor):
    """Create the triggers of this database."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    """Remove them again."""
    on = schema_editor.connection.vendor == "postgresql"
    for name, table in NAMES.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on else ''}", params=None)


class Migration(migrations.Migration):
    """Put the triggers up."""

    dependencies = [("policy", "0001_start")]
    operations = [migrations.RunPython(put_up, lift)]

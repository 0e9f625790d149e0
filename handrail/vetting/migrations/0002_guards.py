"""The database itself refuses a round that clears unheard, and any change to what a round has on record."""

from django.db import migrations

UNHEARD = "A round clears only when every interest signed the present text and every remark has an answer."
RECORD = "What a round has on record can''t be changed or removed."
ENDED = "This round has ended, and its record is closed."

OPEN = "COALESCE((SELECT state FROM vetting_round WHERE id = {row}.round_id), '') <> 'open'"
OF_SNAPSHOT = (
    "COALESCE((SELECT r.state FROM vetting_round r JOIN vetting_snapshot s ON s.round_id = r.id "
    "WHERE s.id = {row}.snapshot_id), '') <> 'open'"
)
OF_REMARK = (
    "COALESCE((SELECT r.state FROM vetting_round r JOIN vetting_remark m ON m.round_id = r.id "
    "WHERE m.id = {row}.remark_id), '') <> 'open'"
)
COUNTING = """
    SELECT COUNT(DISTINCT s.person_id) FROM vetting_signoff s
    WHERE s.round_id = NEW.id AND s.interest = q.interest AND s.ended_at IS NULL
      AND s.words_sha256 = NEW.words_sha256 AND (s.condition = '' OR s.condition_met_at IS NOT NULL)
      {who_is_here}
      AND NOT EXISTS (SELECT 1 FROM vetting_roundauthor a WHERE a.round_id = NEW.id AND a.person_id = s.person_id)
"""
MAY_NOT_CLEAR = """
    NEW.state = 'cleared' AND OLD.state <> 'cleared' AND (
      OLD.state <> 'open' OR NEW.letters > 0 OR NEW.cleared_by_id IS NULL OR NEW.cleared_at IS NULL
      OR NOT EXISTS (SELECT 1 FROM vetting_requiredinterest q WHERE q.round_id = NEW.id)
      OR NOT EXISTS (
        SELECT 1 FROM vetting_snapshot s WHERE s.round_id = NEW.id AND s.number = NEW.number
          AND s.text_sha256 = NEW.text_sha256 AND s.words_sha256 = NEW.words_sha256
          AND s.number = (SELECT MAX(n.number) FROM vetting_snapshot n WHERE n.round_id = NEW.id))
      OR EXISTS (
        SELECT 1 FROM vetting_remark m WHERE m.round_id = NEW.id AND m.parent_id IS NULL AND m.withdrawn_on IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM vetting_disposition d WHERE d.remark_id = m.id AND d.reopened_at IS NULL))
      OR EXISTS (SELECT 1 FROM vetting_requiredinterest q WHERE q.round_id = NEW.id AND ({counting}) < q.quorum))
""".replace("{counting}", COUNTING)


def differ(*columns):
    """SQL for: one of these columns is not as it was."""
    return "(" + " OR ".join(f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in columns) + ")"


# What is refused: name, table, deed, when, and the sentence.
RULES = [
    ("vetting_born_open", "vetting_round", "INSERT", "NEW.state <> 'open'", UNHEARD),
    ("vetting_clears_heard", "vetting_round", "UPDATE", MAY_NOT_CLEAR, UNHEARD),
    (
        "vetting_ended_stays",
        "vetting_round",
        "UPDATE",
        "OLD.state <> 'open' AND "
        + differ(
            "state", "number", "text_sha256", "words_sha256", "subject_kind", "subject_key", "title", "opened_by_id",
            "opened_at", "closes_at", "cleared_by_id", "cleared_at", "withdrawn_by_id", "withdrawn_at",
            "withdrawn_why", "anonymous", "letters",
        ),
        ENDED,
    ),
    (
        "vetting_subject_stays",
        "vetting_round",
        "UPDATE",
        differ("subject_kind", "subject_key", "opened_by_id", "opened_at", "anonymous"),
        RECORD,
    ),
    ("vetting_round_kept", "vetting_round", "DELETE", "1 = 1", RECORD),
    (
        "vetting_remark_stays",
        "vetting_remark",
        "UPDATE",
        differ(
            "uid", "round_id", "parent_id", "person_id", "outsider_id", "anonymous", "receipt_sha256", "interest",
            "said_on_id", "said_clause", "said_quote", "body", "suggested", "is_condition", "made_at", "made_on",
        )
        + " OR OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS NULL",
        RECORD,
    ),
    (
        "vetting_answer_stays",
        "vetting_disposition",
        "UPDATE",
        differ("remark_id", "verdict", "reason", "by_id", "at", "on_id", "words_before", "duplicate_of_id")
        + " OR OLD.reopened_at IS NOT NULL AND "
        + differ("reopened_at", "reopened_by_id", "reopened_why"),
        RECORD,
    ),
    (
        "vetting_signature_stays",
        "vetting_signoff",
        "UPDATE",
        differ("round_id", "interest", "person_id", "snapshot_id", "words_sha256", "condition", "signed_at", "remark_id")
        + " OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at",
        RECORD,
    ),
]
for table in ("snapshot", "snapshotclause", "requiredinterest", "interestleftout", "roundauthor"):
    RULES.append((f"vetting_{table}_fixed", f"vetting_{table}", "UPDATE", "1 = 1", RECORD))
for table in (
    "snapshot", "snapshotclause", "requiredinterest", "interestleftout", "roundauthor", "remark", "disposition", "signoff",
):
    RULES.append((f"vetting_{table}_kept", f"vetting_{table}", "DELETE", "1 = 1", RECORD))
for table, state in (
    ("snapshot", OPEN), ("snapshotclause", OF_SNAPSHOT), ("requiredinterest", OPEN), ("interestleftout", OPEN),
    ("roundauthor", OPEN), ("remark", OPEN), ("disposition", OF_REMARK), ("signoff", OPEN), ("stand", OF_REMARK),
):
    RULES.append((f"vetting_{table}_added", f"vetting_{table}", "INSERT", state.format(row="NEW"), ENDED))
for table, state in (("remark", OPEN), ("disposition", OF_REMARK), ("signoff", OPEN), ("stand", OF_REMARK)):
    RULES.append((f"vetting_{table}_ended", f"vetting_{table}", "UPDATE", state.format(row="OLD"), ENDED))
RULES.append(("vetting_stand_kept", "vetting_stand", "DELETE", OF_REMARK.format(row="OLD"), ENDED))

# PostgreSQL also looks whether whoever signed still works here; the house's day and the database's may differ by one,
# and a rule of the database must never refuse what is right. A trigger of SQLite must name no table of another room:
# that room's next migration may have to make its table anew, and SQLite refuses that while a trigger names it.
WHO_IS_HERE = {
    "sqlite": "",
    "postgresql": (
        "AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = s.person_id AND p.is_active "
        "AND (p.ends_on IS NULL OR p.ends_on >= CURRENT_DATE - 1))"
    ),
}


def statements(vendor):
    """The SQL that puts every rule up in this kind of database."""
    for name, table, deed, when, sentence in RULES:
        when = when.replace("{who_is_here}", WHO_IS_HERE[vendor])
        if vendor == "sqlite":
            yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        else:
            row = "OLD" if deed == "DELETE" else "NEW"
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
                f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {row}; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def put_up(apps, schema_editor):
    """Create the triggers of this database."""
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    """Remove them again."""
    on = schema_editor.connection.vendor == "postgresql"
    for name, table, *_ in RULES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on else ''}", params=None)
        if on:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    """Put the triggers up."""

    dependencies = [("vetting", "0001_rounds")]
    operations = [migrations.RunPython(put_up, lift)]

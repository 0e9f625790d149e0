"""Whoever tampers with the record is found out, down to the first fact, from files outside the database alone."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.__main__ import main
from handrail.kernel.actions import announce
from handrail.kernel.actions.seal import checkpoints_folder, keys_folder, make_checkpoint
from handrail.kernel.canon import START, Line
from handrail.kernel.checkpoints import Checkpoint, append, parse, read_all, sign
from handrail.kernel.errors import NotNow
from handrail.kernel.guards import lift
from handrail.kernel.proof import check
from handrail.kernel.record import check_journal
from handrail.kernel.refs import Ref
from handrail.kernel.signing import fingerprint, public_half
from handrail.kernel.tests.test_announce import LanternLit

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = public_half(KEY)
KEYS = {fingerprint(PUBLIC): PUBLIC}
NOW = datetime(2026, 11, 24, tzinfo=UTC)
Tamper = Callable[[list[Line]], list[Line]]


def chained(lines: list[Line]) -> list[Line]:
    """The lines with numbers and hashes computed anew, as an attacker with the whole database would."""
    done: list[Line] = []
    previous = START
    for number, line in enumerate(lines, 1):
        line = replace(line, number=number, previous=previous)
        line = replace(line, hash=line.digest())
        done.append(line)
        previous = line.hash
    return done


def some(count: int) -> list[Line]:
    return chained([Line(0, f"2026-{n}", "a.b", n % 3 or None, "Ana", f'{{"n":{n}}}', "") for n in range(count)])


def sealed(lines: list[Line], *counts: int) -> list[Checkpoint]:
    made: list[Checkpoint] = []
    for count in counts:
        start = made[-1].count if made else 0
        made += sign(KEY, [line.hash for line in lines[start:count]], made[-1] if made else None, NOW)
    return made


def change(lines: list[Line]) -> list[Line]:
    return [*lines[:4], replace(lines[4], record='{"n":99}'), *lines[5:]]


def change_who(lines: list[Line]) -> list[Line]:
    return [*lines[:4], replace(lines[4], who_label="Ben"), *lines[5:]]


def drop(lines: list[Line]) -> list[Line]:
    return [*lines[:4], *lines[5:]]


def swap(lines: list[Line]) -> list[Line]:
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


def swap_places(lines: list[Line]) -> list[Line]:
    five, six = lines[4], lines[5]
    return [*lines[:4], replace(six, number=5), replace(five, number=6), *lines[6:]]


def insert(lines: list[Line]) -> list[Line]:
    return [*lines[:4], replace(lines[4], record='{"n":"new"}'), *lines[4:]]


@pytest.mark.parametrize(
    ("tamper", "kinds"),
    [
        (change, {"changed"}),
        (change_who, {"changed"}),
        (drop, {"dropped"}),
        (swap, {"dropped", "re-ordered"}),
        (swap_places, {"re-ordered"}),
        (insert, {"changed"}),
    ],
)
@pytest.mark.parametrize("counts", [(), (3, 12)], ids=["unsigned", "signed"])
def test_a_clumsy_hand_is_found_out_by_the_chain_alone(
    tamper: Tamper, kinds: set[str], counts: tuple[int, ...]
) -> None:
    lines = some(12)
    verdict = check(tamper(lines), sealed(lines, *counts), KEYS)
    assert verdict.first_bad is not None
    assert verdict.first_bad.number == 5
    assert verdict.first_bad.kind in kinds | ({"changed"} if not counts else set())


@pytest.mark.parametrize("tamper", [change, change_who, drop, swap, insert])
def test_a_hand_that_computes_every_hash_anew_is_found_out_by_the_checkpoints(tamper: Tamper) -> None:
    lines = some(12)
    verdict = check(chained(tamper(lines)), sealed(lines, 3, 9, 12), KEYS)
    assert verdict.first_bad is not None
    assert verdict.first_bad.number == 5
    assert check(chained(tamper(lines)), [], KEYS).is_whole, "without checkpoints it could not be seen"


def test_a_record_cut_at_its_end_is_found_out() -> None:
    lines = some(12)
    verdict = check(lines[:7], sealed(lines, 12), KEYS)
    assert verdict.first_bad is not None
    assert verdict.first_bad.sentence.startswith("Facts 8 to 12 are missing at the end")


def test_facts_added_after_the_last_checkpoint_are_fine_and_counted_as_unsigned() -> None:
    verdict = check(some(12), sealed(some(12), 9), KEYS)
    assert verdict.is_whole
    assert (verdict.facts, verdict.signed, verdict.checkpoints) == (12, 9, 1)


@given(
    st.integers(1, 30),
    st.lists(st.integers(1, 30), max_size=4),
    st.sampled_from([change, drop, swap, insert]),
    st.booleans(),
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_tampered_with_before_a_checkpoint_is_named(
    count: int, cuts: list[int], tamper: Tamper, anew: bool
) -> None:
    lines = some(count + 6)
    seals = sealed(lines, *sorted({*cuts, count + 6} - {cut for cut in cuts if cut > count + 6}))
    assert check(lines, seals, KEYS).is_whole
    broken = tamper(lines)
    verdict = check(chained(broken) if anew else broken, seals, KEYS)
    assert verdict.first_bad is not None
    assert verdict.first_bad.number == 5


def test_a_forged_checkpoint_is_not_believed() -> None:
    lines = some(12)
    stranger = Ed25519PrivateKey.generate()
    forged = list(sign(stranger, [line.hash for line in chained(change(lines))], None, NOW))
    verdict = check(chained(change(lines)), forged, KEYS)
    assert [each.kind for each in verdict.findings] == ["checkpoint"]
    assert "not one we know" in verdict.findings[0].sentence
    claimed = replace(forged[0], key=fingerprint(PUBLIC))
    assert "signature does not hold" in check(lines, [claimed], KEYS).findings[0].sentence
    assert check(lines, [replace(claimed, signature="%%%")], KEYS).findings


def test_a_checkpoint_taken_out_of_the_middle_is_missed() -> None:
    lines = some(12)
    seals = sealed(lines, 3, 9, 12)
    verdict = check(lines, [seals[0], seals[2]], KEYS)
    assert "a line is missing" in verdict.findings[0].sentence


def test_long_stretches_are_sealed_in_several_lines() -> None:
    lines = some(9000)
    seals = sealed(lines, 9000)
    assert [each.count for each in seals] == [4096, 8192, 9000]
    assert check(lines, seals, KEYS).is_whole
    changed = [*lines[:8499], replace(lines[8499], code="x.y"), *lines[8500:]]
    found = check(chained(changed), seals, KEYS)
    assert found.first_bad is not None
    assert found.first_bad.number == 8500
    assert found.more == 9000 - 8500 + 1 - 20


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=100)
def test_a_line_that_is_no_checkpoint_is_never_taken_for_one(text: str) -> None:
    with pytest.raises(ValueError, match="not a checkpoint"):
        parse(text)


def test_an_unfinished_line_of_a_crash_is_cut_off_and_harmless(tmp_path: Path) -> None:
    lines = some(6)
    seals = sealed(lines, 3, 6)
    append(tmp_path, seals[:1], NOW)
    with (tmp_path / "2026-11.jsonl").open("a") as file:
        file.write(seals[1].as_text()[:50])
    found, torn = read_all(tmp_path)
    assert check(lines, found, KEYS, torn).is_whole
    append(tmp_path, seals[1:], NOW)
    found, torn = read_all(tmp_path)
    assert (found, torn) == (seals, [])


def announced(count: int) -> None:
    for number in range(count):
        announce(LanternLit(Ref("lantern", number), True), who=None)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_journal_of_this_installation_is_whole_and_then_tampered_with() -> None:
    announced(5)
    assert make_checkpoint() is not None
    assert make_checkpoint() is None
    announced(2)
    verdict, notes = check_journal()
    assert (verdict.is_whole, verdict.facts, verdict.signed, notes) == (True, 7, 5, [])
    lift(connection)
    sql("UPDATE kernel_journalentry SET record = '{}' WHERE id = 4")
    verdict, notes = check_journal()
    assert verdict.first_bad is not None
    assert (verdict.first_bad.number, verdict.first_bad.kind) == (4, "changed")
    assert "no longer guards the journal" in notes[0]


@pytest.mark.django_db
def test_a_broken_record_is_never_sealed_as_good() -> None:
    announced(3)
    make_checkpoint()
    announced(3)
    lift(connection)
    sql("UPDATE kernel_journalentry SET record = '{}' WHERE id = 5")
    with pytest.raises(NotNow, match="Fact 5 does not follow"):
        make_checkpoint()
    sql("DELETE FROM kernel_journalentry WHERE id >= 3")
    with pytest.raises(NotNow):
        make_checkpoint()


@pytest.mark.django_db
def test_the_key_is_ours_alone_and_its_public_half_stands_beside_it() -> None:
    announced(1)
    made = make_checkpoint()
    assert made is not None
    private, public = keys_folder() / "checkpoint.key", keys_folder() / "checkpoint.pub"
    assert private.stat().st_mode & 0o777 == 0o600
    assert keys_folder().stat().st_mode & 0o777 == 0o700
    assert made.key == fingerprint(public.read_text().strip())


@pytest.mark.django_db
def test_a_new_key_goes_on_from_what_the_old_one_signed() -> None:
    announced(2)
    make_checkpoint()
    (keys_folder() / "checkpoint.key").unlink()
    announced(2)
    make_checkpoint()
    verdict, _ = check_journal()
    assert verdict.is_whole
    assert (verdict.checkpoints, verdict.signed, len(verdict.keys)) == (2, 4, 2)


def verify(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict, str]:
    code = main(["verify", "--json", *words])
    out = capsys.readouterr()
    return code, json.loads(out.out) if out.out else {}, out.err


@pytest.mark.django_db
def test_a_stranger_checks_the_export_with_nothing_but_the_file(tmp_path, capsys) -> None:
    announced(6)
    path = tmp_path / "record.jsonl"
    code, said, _ = verify(capsys, "--checkpoint", "--export", str(path))
    assert (code, said["ok"], said["facts"], said["signed"]) == (0, True, 6, 6)
    assert "Signed: 6 facts" in said["notes"][0]
    key = (keys_folder() / "checkpoint.pub").read_text().strip()
    code, said, _ = verify(capsys, str(path))
    assert (code, said["ok"]) == (0, True)
    assert fingerprint(key) in said["notes"][0]
    assert verify(capsys, str(path), "--key", key)[1]["notes"] == []
    assert verify(capsys, str(path), "--key", str(keys_folder() / "checkpoint.pub"))[0] == 0
    assert verify(capsys, str(path), "--key", "0" * 64)[0] == 1

    text = path.read_text().splitlines()
    edited = tmp_path / "edited.jsonl"
    edited.write_text("\n".join([*text[:5], text[5].replace("lantern:3", "lantern:8"), *text[6:]]) + "\n")
    code, said, _ = verify(capsys, str(edited))
    assert (code, said["first_bad"]["number"], said["first_bad"]["kind"]) == (1, 4, "changed")
    edited.write_text("\n".join([*text[:4], *text[5:]]) + "\n")
    code, said, _ = verify(capsys, str(edited))
    assert (code, said["first_bad"]["number"], said["first_bad"]["kind"]) == (1, 3, "dropped")
    edited.write_text("\n".join(text[:-1]) + "\n")
    assert verify(capsys, str(edited))[1]["first_bad"]["number"] == 6


HEAD = b'{"kind":"handrail journal","version":1,'


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "Line 1 is not JSON"),
        (b"[1]\n", "not a JSON object"),
        (b'{"kind":"else"}\n', "not an export of a journal"),
        (b'{"kind":"handrail journal","version":9}\n', "of version 9"),
        (b'{"kind":"handrail journal","version":1}\n', "Line 1 lacks"),
        (
            b'{"kind":"handrail journal","version":1,"keys":[],"facts":1,"checkpoints":1}\n{}\n',
            "Line 2 should be a check",
        ),
        (
            b'{"kind":"handrail journal","version":1,"keys":[],"facts":1,"checkpoints":0}\n{"a":1}\n',
            "Line 2 should be a fact",
        ),
        (b'{"kind":"handrail journal","version":1,"keys":["zz"],"facts":0,"checkpoints":0}\n', "64 hexadecimal digits"),
        (b"[" * 100_000, "Line 1 is not JSON"),
        (b"\xff\xfe{", "not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_export_is_answered_with_a_sentence(raw: bytes, sentence: str, tmp_path, capsys) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(raw)
    code, _, said = verify(capsys, str(path))
    assert code == 2
    assert sentence in said


@pytest.mark.django_db
def test_a_copy_of_the_checkpoints_kept_elsewhere_convicts_a_hand_that_had_the_key(tmp_path, capsys) -> None:
    announced(4)
    make_checkpoint()
    copy = tmp_path / "elsewhere"
    checkpoints_folder().rename(copy)
    assert main(["verify"]) == 0
    assert "No checkpoint is there" in capsys.readouterr().out
    lift(connection)
    sql("DELETE FROM kernel_journalentry WHERE id = 4")
    make_checkpoint()
    assert main(["verify"]) == 0
    assert main(["verify", "--checkpoints", str(copy)]) == 1
    assert "Fact 4 is missing at the end" in capsys.readouterr().out
    assert main(["verify", "--checkpoints", str(tmp_path / "nowhere")]) == 2
    assert main(["verify", "x", "--checkpoint"]) == 2
    assert str(django_settings.HANDRAIL_HOME).startswith(str(tmp_path))

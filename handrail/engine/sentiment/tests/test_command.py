"""`handrail sentiment FILE`: a row of JSON for each post that can be read, a sentence for each that can't."""

import json
import subprocess
import sys

TABLE = "number,words,when\n7,I love this wonderful hotel,not a date\n8,,2026-01-01\n9,このホテル,2026-01-01\n"


def run(*arguments, given=""):
    line = [sys.executable, "-m", "handrail", "sentiment", *arguments]
    return subprocess.run(line, input=given, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_readable_row_is_scored_and_the_others_are_named():
    done = run("-", "--id-column", "number", "--text-column", "words", "--json", given=TABLE)
    first, last = json.loads(done.stdout)
    assert done.returncode == 0
    assert (first["id"], first["label"]) == ("7", "positive")
    assert abs(sum(first["p"]) - 1) < 1e-9
    assert (last["id"], last["label"]) == ("9", "abstain")
    assert "Line 3" in done.stderr


def test_without_json_there_is_one_object_a_line():
    done = run("-", "--id-column", "number", "--text-column", "words", given=TABLE)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["7", "9"]


def test_a_column_that_is_not_there_is_refused_with_a_sentence():
    done = run("-", "--text-column", "nope", "--json", given=TABLE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nope" in done.stderr


def test_a_file_that_is_not_there_is_refused_with_a_sentence():
    done = run("/nowhere/posts.csv")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1

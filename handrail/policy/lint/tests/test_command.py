"""Does `handrail lint` print what product.md promises, and exit as it says?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handrail.__main__ import main
from handrail.policy.lint import rules

CLEAN = str(Path(__file__).with_name("golden") / "harbour-hotels.md")
FLAWED = str(Path(__file__).with_name("golden") / "lantern-charity.md")


def test_json_holds_the_promised_fields_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", FLAWED, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert findings
    for finding in findings:
        assert list(finding) == ["rule", "severity", "line", "quote", "message", "why", "sources"]
        assert all(list(source) == ["key", "status", "checked_on"] for source in finding["sources"])


def test_strict_exits_with_1_only_when_there_are_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", FLAWED, "--strict", "--country", "US,UK", "--sector", "hospitality", "--public"]) == 1
    assert "STR-01" in capsys.readouterr().out
    assert main(["lint", CLEAN, "--organisation", "Harbour Hotels"]) == 0


@pytest.mark.parametrize(
    "words",
    [["lint", "no-such-file.md"], ["lint", FLAWED, "--country", "Mars"], ["lint", FLAWED, "--sector", "piracy"]],
)
def test_bad_input_exits_with_2_and_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.strip().endswith(".")


def test_the_command_needs_no_django() -> None:
    program = (
        "import sys; from handrail.__main__ import main; main(['lint', sys.argv[1], '--json']); "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, CLEAN], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_text_says_what_read_it_and_that_law_is_advice(capsys: pytest.CaptureFixture[str]) -> None:
    for file in (CLEAN, FLAWED):
        assert main(["lint", file]) == 0
        said = capsys.readouterr().out
        assert f"{len(rules()) - 1} rules read this: structure, clarity, currency, coverage, balance, lawful." in said
        assert "advice, not a legal opinion" in said
    assert main(["lint", FLAWED, "--json"]) == 0
    assert "rules read this" not in capsys.readouterr().out


def test_country_sector_and_public_choose_the_rules(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text(
        "# Rules\n\nStaff must provide the log-in to their private account.\n\nDo not criticise the agency.\n"
    )

    def found(*options: str) -> dict[str, dict[str, Any]]:
        assert main(["lint", str(file), "--json", *options]) == 0
        return {each["rule"]: each for each in json.loads(capsys.readouterr().out)}

    assert [each["key"] for each in found("--country", "US")["LAW-11"]["sources"]] == ["PWD"]
    assert "LAW-01" not in found("--country", "DE")
    assert "LAW-17" not in found("--country", "US")
    assert "Also here: LAW-17." in found("--country", "US", "--public")["LAW-01"]["message"]
    assert "patients" in found("--sector", "health")["COV-17"]["message"]
    assert "patients" not in found()["COV-17"]["message"]

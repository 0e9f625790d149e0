"""Does `handrail lint` print what product.md promises, and exit as it says?"""

import json
import subprocess
import sys
from pathlib import Path

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


def test_the_text_says_what_read_it_and_that_no_rule_reads_for_law(capsys: pytest.CaptureFixture[str]) -> None:
    for file in (CLEAN, FLAWED):
        assert main(["lint", file]) == 0
        said = capsys.readouterr().out
        assert f"{len(rules())} rules read this: structure, clarity, currency." in said
        assert "None reads for law, privacy or security yet." in said
    assert main(["lint", FLAWED, "--json"]) == 0
    assert "rules read this" not in capsys.readouterr().out
    assert {rule.group for rule in rules().values()} == {"structure", "clarity", "currency"}


def test_help_says_what_country_sector_and_public_do_today(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lint", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "no rule checks a country's law yet" in said
    assert said.count("no rule depends on it yet") == 2
    assert not [
        rule for rule in rules().values() if rule.applies.countries or rule.applies.sectors or rule.applies.public
    ]

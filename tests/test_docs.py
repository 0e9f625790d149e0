"""Docs are tested: every room, fact, setting, slot and verb of the command line is described."""

import re
from pathlib import Path

import pytest

from handrail.__main__ import VERBS
from handrail.kernel.facts import Fact

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def all_facts() -> list[type[Fact]]:
    found, queue = [], [Fact]
    while queue:
        for each in queue.pop().__subclasses__():
            queue.append(each)
            if each.code and each.__module__.startswith("handrail.") and ".tests" not in each.__module__:
                found.append(each)
    return found


def settings_names() -> list[str]:
    product = [path for path in (ROOT / "handrail").rglob("*.py") if "tests" not in path.parts]
    source = "\n".join(path.read_text(encoding="utf-8") for path in product)
    return sorted(set(re.findall(r'"(HANDRAIL_[A-Z_]+)"', source)))


def test_every_setting_is_described() -> None:
    described = text_of("docs/settings.md")
    missing = [name for name in settings_names() if f"`{name}`" not in described]
    assert not missing, f"docs/settings.md does not describe {', '.join(missing)}"


def test_no_setting_is_described_that_is_gone() -> None:
    named = set(re.findall(r"^\| `(HANDRAIL_[A-Z_]+)`", text_of("docs/settings.md"), re.MULTILINE))
    assert named <= set(settings_names()), (
        f"docs/settings.md describes {named - set(settings_names())}, which nothing reads"
    )


def test_every_fact_is_described() -> None:
    described = text_of("docs/facts.md")
    missing = sorted(fact.code for fact in all_facts() if f"`{fact.code}`" not in described)
    assert not missing, f"docs/facts.md does not describe {', '.join(missing)}"


def test_every_verb_is_described() -> None:
    described = text_of("docs/command-line.md")
    missing = [verb for verb in VERBS if f"handrail {verb}" not in described]
    assert not missing, f"docs/command-line.md does not describe {', '.join(missing)}"


@pytest.mark.parametrize("room", ["engine", "kernel", "people", "vetting", "strategy", "policy", "listening", "web"])
def test_every_room_stands_in_the_architecture(room: str) -> None:
    assert f"`{room}`" in text_of("ARCHITECTURE.md")


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "handrail").glob("*/README.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert not broken, "\n".join(broken)

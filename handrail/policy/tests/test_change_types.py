"""Are changes typed as a person labelled them, on the half that was only counted too, and never quietly?"""

from collections.abc import Sequence

import pytest

from handrail.policy.pure import compare, read_markdown
from handrail.policy.tests.change_set import EDITS, Labelled, held_out, tuned


def proposed(edit: Labelled) -> str:
    over = f"# Policy\n\n## {edit.under}\n\n" if edit.under else "# Policy\n\n"
    found = compare(read_markdown(f"{over}- {edit.old}\n"), read_markdown(f"{over}- {edit.new}\n"))
    changed = [each for each in found if each.change != "unchanged"]
    return changed[0].change if len(changed) == 1 else "apart"


def test_the_set_is_large_and_holds_no_edit_twice() -> None:
    assert len(EDITS) >= 150
    assert len({(edit.old, edit.new) for edit in EDITS}) == len(EDITS)


@pytest.mark.parametrize("half", [tuned(), held_out()], ids=["tuned", "held out"])
def test_at_least_85_of_100_are_typed_as_labelled(half: Sequence[Labelled]) -> None:
    assert sum(proposed(edit) == edit.label for edit in half) / len(half) >= 0.85


def test_a_change_of_duty_is_never_quietly_editorial() -> None:
    assert not [edit for edit in EDITS if edit.label in ("tightened", "loosened") and proposed(edit) == "editorial"]


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.label in ("tightened", "loosened")])
def test_the_same_edit_backwards_is_never_editorial_nor_the_same_way(edit: Labelled) -> None:
    back = proposed(edit._replace(old=edit.new, new=edit.old))
    assert back not in ("editorial", "unchanged")

"""Slots are few, declared, and lead to an address that exists."""

import pytest

from handrail.kernel import slots


@pytest.fixture(autouse=True)
def _own_slots(monkeypatch) -> None:
    monkeypatch.setattr(slots, "_declared", {})
    monkeypatch.setattr(slots, "_filled", {})


def test_a_slot_gives_the_addresses_of_those_who_fill_it() -> None:
    slots.declare("page.place", "What a higher room shows here.")
    assert slots.addresses("page.place") == []
    slots.fill("page.place", "web:home")
    slots.fill("page.place", "web:home")
    assert slots.filled() == {"page.place": ["web:home"]}


def test_a_slot_nobody_declares_is_a_mistake() -> None:
    with pytest.raises(LookupError):
        slots.addresses("nowhere")
    slots.fill("nowhere", "web:nothing-of-the-kind")
    assert len(slots.loose_ends()) == 2


def test_there_are_fewer_than_ten() -> None:
    for number in range(slots.MOST):
        slots.declare(f"page.{number}", "x")
    slots.declare("page.0", "said again")
    with pytest.raises(ValueError, match="higher room"):
        slots.declare("one.more", "x")

"""A clause that was split shows as split from its source, one that was merged as merged, and neither as lost words."""

from handrail.policy import ledger
from handrail.policy.clause import Document
from handrail.policy.pure import compare, read_markdown, write_markdown

OLD = "# Policy\n\nSay sorry to the guest. Then call the duty manager, and write it down.\n\nAnswer within 24 hours.\n\nWe are glad you post.\n"


def begun() -> Document:
    return read_markdown(write_markdown(read_markdown(OLD)))


def test_a_split_clause_names_its_source_and_asks_nothing_new() -> None:
    old = begun()
    key = old.clauses[0].id
    made = ledger.split_clause(old, key, len("Say sorry to the guest."), taken=set())
    found = {each.clause: each for each in compare(old, read_markdown(made.markdown))}
    assert (found[key].change, found[made.keys[1]].change) == ("split", "split")
    assert found[made.keys[1]].split_from == key
    assert all(piece.op == "equal" for each in found.values() for piece in each.words)


def test_a_do_and_a_dont_that_stood_together_split_without_a_word_changed() -> None:
    old = read_markdown(
        write_markdown(read_markdown("# P\n\nPass it to care. Don’t discuss their stay in public.\n\nBe kind.\n"))
    )
    key = old.clauses[0].id
    made = ledger.split_clause(old, key, len("Pass it to care."), taken=set())
    found = compare(old, read_markdown(made.markdown))
    assert [each.change for each in found] == ["split", "split", "unchanged"]


def test_a_split_that_also_changes_the_demand_says_both() -> None:
    old = begun()
    key = old.clauses[0].id
    made = ledger.split_clause(old, key, len("Say sorry to the guest."), taken=set())
    edited = ledger.edit_clause(read_markdown(made.markdown), key, "Say sorry to the guest. Never blame anyone.")
    found = {each.clause: each for each in compare(old, read_markdown(edited.markdown))}
    assert found[key].change == "tightened"
    assert "split" in found[key].why


def test_a_merged_clause_names_where_its_words_went() -> None:
    old = begun()
    keys = [each.id for each in old.clauses[:2]]
    made = ledger.merge_clauses(old, keys)
    found = {each.clause: each for each in compare(old, read_markdown(made.markdown))}
    assert found[keys[0]].change == "merged"
    assert (found[keys[1]].change, found[keys[1]].merged_into) == ("removed", keys[0])


def test_a_new_clause_with_its_own_words_stays_new_and_a_removed_one_removed() -> None:
    old = begun()
    new = read_markdown(
        old.markdown.replace("Answer within 24 hours.", "Answer soon, dear.") + "\nName no guest ever.\n"
    )
    changes = [(each.change, each.split_from, each.merged_into) for each in compare(old, new)]
    assert ("new", "", "") in changes

"""A thousand random edits against a slow, obvious oracle: no id lost or used twice, no word touched but those asked."""

import random
import re
from pathlib import Path

import pytest

from handrail.kernel.errors import BadInput, NotNow
from handrail.policy import ledger
from handrail.policy.clause import Document
from handrail.policy.pure import assign_ids, read_markdown, read_policy, write_markdown

WORD = re.compile(r"\w+")
START = """---
title: Social media
owner: Ruth
---

# Social media policy

Why we are **glad** you post, see [our values][v].

## Guests

> A guest's stay is theirs to share.

People must:

- ask before they post
  - in person, not by mail
  - with the picture shown
- name *nobody* else
* * *
### Numbers

1. Answer within 24 hours.
2. Pass complaints on.

| Do | Don't |
|----|-------|
| Share the view | Name a guest |
| Ask first | Post a room number |

| Channel | Holder |
|----|-------|
| Photos | Two people |
| Reviews | Guest care |

**When it goes wrong**

Call the duty manager. Then write it down,
and tell the press office.

```
Sample: we are sorry to hear this.
```

Last line, with a [link](https://example.org/a).

[v]: https://example.org/values
"""
NEW = (
    "Ask before you post.", "Never name a guest, a room or a table.", "Say sorry. Then call the *duty* manager.",
    "- not a list", "1. not a number", "# no heading", "Use `code` and [a link](https://example.org/x) here.", "**All bold**",
    "a < b & c > d", "> quoted", "Emoji 🎉 and العربية text.", "First line\nsecond line", "| a | pipe |", "Trailing \\", "*", "<b>x</b> y",
    "Überall — überall “quoted”.", "[x]: https://example.org", "```not code", "    four blanks", "***", "A line\n---", "=== three",
)  # fmt: skip


def begun(raw: str) -> Document:
    document = read_markdown(raw)
    return read_markdown(write_markdown(assign_ids(document, document)))


def words(text: str) -> list[str]:
    return WORD.findall(text)


class Oracle:
    """What a list of ids and words would be after each verb, kept the slow way."""

    def __init__(self, document: Document) -> None:
        self.rows = [(clause.id, clause.text) for clause in document.clauses]
        self.headings = [heading.text for heading in document.headings]
        self.ever = {clause.id for clause in document.clauses}

    def order(self) -> list[str]:
        return [key for key, _ in self.rows]

    def check(self, document: Document, touched: set[str]) -> None:
        got = [(clause.id, clause.text) for clause in document.clauses]
        assert [key for key, _ in got] == self.order()
        for (key, was), (_, now) in zip(self.rows, got, strict=True):
            if key not in touched:
                assert was == now, key
        self.rows = got
        again = read_markdown(write_markdown(document))
        assert [(each.id, each.text, each.kind) for each in again.clauses] == [
            (each.id, each.text, each.kind) for each in document.clauses
        ]
        now = [heading.text for heading in document.headings]
        assert sorted(now) == sorted(self.headings)
        self.headings = now


def step(chance: random.Random, document: Document, oracle: Oracle) -> tuple[str, Document]:
    """One random verb on the text, and what the oracle expects of it."""
    order = oracle.order()
    said = dict(oracle.rows)
    key = chance.choice(order)
    verb = chance.choice(
        ["edit", "edit", "add", "remove", "move", "move", "split", "split", "merge", "kind", "heading", "section"]
    )
    touched = {key}
    if verb == "edit":
        made = ledger.edit_clause(document, key, chance.choice(NEW))
    elif verb == "add":
        form = chance.choice(["", "paragraph", "list_item", "quotation"])
        made = ledger.add_clause(document, chance.choice(NEW), taken=oracle.ever, after=key, form=form)
        fresh = made.keys[0]
        assert fresh not in oracle.ever
        oracle.ever.add(fresh)
        now = [clause.id for clause in read_markdown(made.markdown).clauses]
        at = now.index(fresh)
        assert at > order.index(key)
        oracle.rows.insert(at, (fresh, ""))
        touched = {fresh}
    elif verb == "remove":
        made = ledger.remove_clause(document, key)
        oracle.rows = [row for row in oracle.rows if row[0] != key]
    elif verb == "move":
        other = chance.choice(order)
        heading = chance.randrange(len(oracle.headings)) if chance.random() < 0.3 and oracle.headings else None
        made = ledger.move_clause(document, key, after="" if heading is not None else other, heading=heading)
        now = [clause.id for clause in read_markdown(made.markdown).clauses]
        assert sorted(now) == sorted(order)
        rest = [each for each in now if each not in made.keys]
        moved = now[now.index(key) :]
        assert [each for each in order if each in rest][:1] == rest[:1] or moved
        texts = dict(oracle.rows)
        assert words(next(each.text for each in read_markdown(made.markdown).clauses if each.id == key)) == words(
            texts[key]
        )
        oracle.rows = [(each, texts[each]) for each in now]
    elif verb == "split":
        found = [space.start() for space in re.finditer(" ", said[key])]
        at = chance.choice(found) if found else 0
        made = ledger.split_clause(document, key, at, taken=oracle.ever)
        first, second = made.keys
        assert first == key
        assert second not in oracle.ever
        assert made.came_from == {second: (key,)}
        oracle.ever.add(second)
        oracle.rows.insert(order.index(key) + 1, (second, ""))
        parts = {each.id: each.text for each in read_markdown(made.markdown).clauses}
        assert words(f"{parts[first]} {parts[second]}") == words(said[key])
        touched = {first, second}
    elif verb == "merge":
        at = order.index(key)
        keys = order[at : at + chance.choice([2, 2, 3])]
        made = ledger.merge_clauses(document, keys)
        assert made.merged == dict.fromkeys(keys[1:], key)
        oracle.rows = [row for row in oracle.rows if row[0] not in keys[1:]]
        now = {each.id: each.text for each in read_markdown(made.markdown).clauses}
        assert words(now[key]) == words(" ".join(said[each] for each in keys))
    elif verb == "kind":
        kind = chance.choice([*("principle", "do", "don't", "definition", "example"), ""])
        made = ledger.set_kind(document, key, kind)
        now = {each.id: each.kind for each in read_markdown(made.markdown).clauses}
        assert not kind or now[key] == kind
        touched = set()
    elif verb == "heading":
        made, touched = _heading(chance, document, oracle, key)
    else:
        number = chance.randrange(len(oracle.headings)) if oracle.headings else 0
        made = ledger.move_section(document, number, up=chance.random() < 0.5)
        now = [clause.id for clause in read_markdown(made.markdown).clauses]
        assert sorted(now) == sorted(order)
        oracle.rows = [(each, said[each]) for each in now]
        touched = set()
    after = read_markdown(made.markdown)
    oracle.check(after, touched)
    return verb, after


def _heading(chance: random.Random, document: Document, oracle: Oracle, key: str) -> tuple[ledger.Changed, set[str]]:
    number = chance.randrange(len(oracle.headings)) if oracle.headings else -1
    what = chance.choice(["edit", "add", "remove"] if len(oracle.headings) > 3 else ["add"])
    words_ = chance.choice(["New part", "About *guests*", "Do", "Don't", "2. Numbers", "# sign"])
    if what == "edit":
        made = ledger.edit_heading(document, number, words_)
        oracle.headings = [heading.text for heading in read_markdown(made.markdown).headings]
    elif what == "add":
        made = ledger.add_heading(document, words_, level=chance.randint(1, 4), after=key)
        now = [heading.text for heading in read_markdown(made.markdown).headings]
        assert len(now) == len(oracle.headings) + 1
        oracle.headings = now
    else:
        made = ledger.remove_heading(document, number)
        gone = oracle.headings[number]
        oracle.headings.remove(gone)
    assert sorted(clause.id for clause in read_markdown(made.markdown).clauses) == sorted(oracle.order())
    now_order = [clause.id for clause in read_markdown(made.markdown).clauses]
    if now_order != oracle.order():
        assert what == "add"
        oracle.rows = [(each, dict(oracle.rows)[each]) for each in now_order]
    return made, set()


def run(raw: str, seed: int, steps: int) -> dict[str, int]:
    chance = random.Random(seed)
    document = begun(raw)
    oracle = Oracle(document)
    done: dict[str, int] = {"refused": 0}
    for _ in range(steps):
        before = document.markdown
        rows, headings, ever = list(oracle.rows), list(oracle.headings), set(oracle.ever)
        try:
            verb, document = step(chance, document, oracle)
        except (BadInput, NotNow):
            oracle.rows, oracle.headings, oracle.ever = rows, headings, ever
            assert document.markdown == before
            verb = "refused"
        done[verb] = done.get(verb, 0) + 1
    return done


def test_a_thousand_random_edits_lose_no_id_and_no_word() -> None:
    total: dict[str, int] = {}
    for seed in range(10):
        for verb, count in run(START, seed, 150).items():
            total[verb] = total.get(verb, 0) + count
    assert sum(total.values()) - total["refused"] >= 1000, total
    assert all(
        total.get(verb, 0) >= 20
        for verb in ("edit", "add", "remove", "move", "split", "merge", "kind", "heading", "section")
    ), total


def test_real_policies_keep_every_id_and_word_over_random_edits(shared: Path) -> None:
    files = sorted(
        path for path in (shared / "data" / "policies").rglob("*") if path.suffix in (".md", ".html", ".txt")
    )
    for number, path in enumerate(files[:12]):
        run(read_policy(path.read_bytes(), path.name).markdown, number, 12)


@pytest.mark.parametrize("words_", NEW)
def test_whatever_is_typed_stays_one_clause_and_its_neighbours_stay(words_: str) -> None:
    document = begun(START)
    for clause in document.clauses:
        if clause.form in ("table_row", "code"):
            continue
        try:
            made = ledger.edit_clause(document, clause.id, words_)
        except BadInput:
            continue
        after = read_markdown(made.markdown)
        assert [each.id for each in after.clauses] == [each.id for each in document.clauses]
        assert [each.text for each in after.clauses if each.id != clause.id] == [
            each.text for each in document.clauses if each.id != clause.id
        ]


def test_a_small_edit_touches_one_line_only() -> None:
    document = begun(START)
    key = next(each.id for each in document.clauses if each.text.startswith("ask before"))
    made = ledger.edit_clause(document, key, "ask before they post, *always*")
    was, now = document.markdown.split("\n"), made.markdown.split("\n")
    assert len(was) == len(now)
    assert sum(one != other for one, other in zip(was, now, strict=True)) == 1

"""How queries become the arrays that compiled code reads: numbered terms, jumping steps, lists of anchors."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.anchors import Shares, anchor_keys, second_key
from handrail.engine.matching.deciding import CLOSE, FAILS, HOLDS, NEAR, RUN, TERM, Programs
from handrail.engine.matching.fitting import Wildcards
from handrail.engine.matching.hashing import (
    SIGNS,
    SPREAD,
    START_SEED,
    hash_key,
    hash_letters,
)
from handrail.engine.matching.keys import (
    EXACT_MARK,
    FIELD_MARK,
    PAIR_MARK,
    PATTERN_MARK,
    RAW_MARK,
    field_keys_of,
    literal_start,
    word_key,
)
from handrail.engine.matching.naming import Vocabulary
from handrail.engine.query.folding import exact_form
from handrail.engine.query.nodes import (
    And,
    Close,
    Field,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Side,
    Word,
    alternatives,
)

# Which jumps (step, column) still wait for the place they go to.
Jumps = list[tuple[int, int]]
_YES, _NO = 4, 5


class Assembly:
    """Takes queries one by one and gives the arrays for all of them."""

    def __init__(self, shares: Shares) -> None:
        self.shares = shares
        self.terms: dict[str, int] = {}
        self.patterns: dict[str, Word] = {}
        self.steps: list[list[int]] = []
        self.begins: list[int] = []
        self.lists: list[int] = []
        self.anchors: list[list[tuple[int, int]]] = []

    def take(self, query: Query) -> None:
        """Add a query; it gets the next number."""
        number = len(self.begins)
        self.begins.append(len(self.steps))
        holds: Jumps = []
        fails: Jumps = []
        self._node(query.node, holds, fails)
        for jumps, place in ((holds, HOLDS), (fails, FAILS)):
            self._land(jumps, place)
        anchor = anchor_keys(query.node, self.shares)
        second = second_key(query.node, anchor, self.shares)
        for key in anchor:
            self.anchors[self._term(key)].append((number, -1 if second is None else self._term(second)))

    def _term(self, key: str) -> int:
        if key not in self.terms:
            self.terms[key] = len(self.terms)
            self.anchors.append([])
        return self.terms[key]

    def _word(self, word: Word) -> int:
        key = word_key(word)
        if word.is_pattern:
            self.patterns[key] = word
        return self._term(key)

    def _land(self, jumps: Jumps, place: int) -> None:
        for step, column in jumps:
            self.steps[step][column] = place

    def _node(self, node: Node, holds: Jumps, fails: Jumps) -> None:
        """Write the node's steps; where they lead is put into `holds` and `fails`."""
        match node:
            case Not():
                self._node(node.part, fails, holds)
            case And():
                self._chain(sorted(node.parts, key=self.shares.of_node), True, holds, fails)
            case Or():
                self._chain(sorted(node.parts, key=self.shares.of_node, reverse=True), False, holds, fails)
            case Field():
                self._any_of([self._term(key) for key in field_keys_of(node)], holds, fails)
            case Word():
                self._step([TERM, self._word(node), 0, 0], holds, fails)
            case Phrase():
                self._step([RUN, self._run(node.words), 0, 0], holds, fails)
            case Close():
                self._close(node, holds, fails)
            case Near():
                numbers = [self._side(node.left), self._side(node.right), 2 * node.within + node.ordered]
                self._step([NEAR, *numbers], holds, fails)

    def _step(self, step: list[int], holds: Jumps, fails: Jumps) -> None:
        holds.append((len(self.steps), _YES))
        fails.append((len(self.steps), _NO))
        self.steps.append([*step, FAILS, FAILS])

    def _chain(self, parts: list[Node], all_of: bool, holds: Jumps, fails: Jumps) -> None:
        """Parts one after the other; all but the last go on to the next when they do not settle the matter."""
        for part in parts[:-1]:
            goes_on: Jumps = []
            if all_of:
                self._node(part, goes_on, fails)
            else:
                self._node(part, holds, goes_on)
            self._land(goes_on, len(self.steps))
        self._node(parts[-1], holds, fails)

    def _any_of(self, terms: list[int], holds: Jumps, fails: Jumps) -> None:
        for term in terms[:-1]:
            goes_on: Jumps = []
            self._step([TERM, term, 0, 0], holds, goes_on)
            self._land(goes_on, len(self.steps))
        self._step([TERM, terms[-1], 0, 0], holds, fails)

    def _run(self, words: tuple[Word, ...]) -> int:
        """Where the run's list begins."""
        numbers = [self._word(word) for word in words]
        self.lists.extend((len(words), *numbers))
        return len(self.lists) - len(words) - 1

    def _side(self, side: Side) -> int:
        begin = len(self.lists)
        runs = alternatives(side)
        self.lists.append(len(runs))
        for words in runs:
            self._run(words)
        return begin

    def _close(self, node: Close, holds: Jumps, fails: Jumps) -> None:
        begin = len(self.lists)
        asked = Counter(self._word(word) for word in node.words)
        self.lists.append(len(asked))
        for term, times in asked.items():
            self.lists.extend((term, times))
        self._step([CLOSE, begin, len(node.words) + node.within, 0], holds, fails)

    def programs(self) -> Programs:
        """The steps and lists of all queries taken."""
        opens = np.zeros(len(self.anchors) + 1, np.int32)
        opens[1:] = np.cumsum([len(queries) for queries in self.anchors])
        return Programs(
            steps=np.array(self.steps, np.int32).reshape(-1, 6),
            lists=np.array(self.lists, np.int32),
            begins=np.array(self.begins, np.int32),
            opens=opens,
            anchored=np.array([one for queries in self.anchors for one in queries], np.int32).reshape(-1, 2),
        )

    def vocabulary(self) -> Vocabulary:
        """The terms that are words, or two in a row, under their hashes."""
        numbers = {
            hash_key(key): term for key, term in self.terms.items() if FIELD_MARK not in key and key[0] != PATTERN_MARK
        }
        marks = {key[0] for key in self.terms}
        pairs = any(PAIR_MARK in key for key in self.terms)
        return Vocabulary(*_table(numbers), EXACT_MARK in marks, RAW_MARK in marks, pairs)

    def field_terms(self) -> dict[str, int]:
        """The terms that are values of fields."""
        return {key: term for key, term in self.terms.items() if FIELD_MARK in key}

    def wildcards(self, form: Form) -> Wildcards | None:
        """The terms that are patterns of one form; None when there are none."""
        starting: dict[str, list[str]] = {}
        for key, word in self.patterns.items():
            if word.form is form:
                starting.setdefault(literal_start(word), []).append(key)
        if not starting:
            return None
        words = [self.patterns[key] for keys in starting.values() for key in keys]
        texts = [exact_form(word.text) if form is Form.EXACT else word.text for word in words]
        return Wildcards(
            *_table({hash_letters(START_SEED, start): group for group, start in enumerate(starting)}),
            lengths=np.array(sorted({len(start) for start in starting}), np.int32),
            opens=np.cumsum([0, *(len(keys) for keys in starting.values())]).astype(np.int32),
            terms=np.array([self.terms[key] for keys in starting.values() for key in keys], np.int32),
            signs=np.array([SIGNS[word.sigil] for word in words], np.int32),
            simple=np.array([text.endswith("*") and text.count("*") + text.count("?") == 1 for text in texts], bool),
            texts=np.array([ord(letter) for text in texts for letter in text], np.uint32),
            text_opens=np.cumsum([0, *(len(text) for text in texts)]).astype(np.int32),
        )


def _table(numbers: Mapping[int, int]) -> tuple[Array, Array]:
    """An open hash table at most a quarter full: hashes, and what stands for them, -1 where it is free."""
    size = 16
    while size < 4 * len(numbers):
        size *= 2
    hashes, found = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
    for value, number in numbers.items():
        slot = (value ^ (value >> SPREAD)) & (size - 1)
        while found[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        hashes[slot], found[slot] = value, number
    return hashes, found

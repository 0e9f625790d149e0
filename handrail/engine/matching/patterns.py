"""Which wildcard patterns a word fits: looked up by how it starts, then tried."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from handrail.engine.matching.keys import literal_start, word_key
from handrail.engine.query.evaluating import fits
from handrail.engine.query.nodes import Form, Word
from handrail.engine.query.tokens import Token


class Patterns:
    """Patterns under their literal start, counted so that one shared by two queries outlives the first."""

    def __init__(self) -> None:
        self.uses: Counter[Word] = Counter()
        self.starting: dict[Form, defaultdict[str, list[Word]]] = {form: defaultdict(list) for form in Form}
        self.lengths: Counter[int] = Counter()

    def __bool__(self) -> bool:
        return bool(self.uses)

    def add(self, words: Iterable[Word]) -> None:
        """Take patterns in."""
        for word in words:
            self.uses[word] += 1
            if self.uses[word] == 1:
                start = literal_start(word)
                self.starting[word.form][start].append(word)
                self.lengths[len(start)] += 1

    def remove(self, words: Iterable[Word]) -> None:
        """Let patterns go."""
        for word in words:
            self.uses[word] -= 1
            if not self.uses[word]:
                del self.uses[word]
                start = literal_start(word)
                self.starting[word.form][start].remove(word)
                self.lengths[len(start)] -= 1
                if not self.lengths[len(start)]:
                    del self.lengths[len(start)]

    def keys(self, token: Token) -> Iterator[str]:
        """The keys of the patterns a word of a post fits."""
        for form, text in ((Form.PLAIN, token.plain), (Form.EXACT, token.exact)):
            starting = self.starting[form]
            for length in self.lengths:
                for word in starting.get(text[:length], ()):
                    if fits(word, token):
                        yield word_key(word)

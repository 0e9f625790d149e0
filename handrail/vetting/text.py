"""What a text under review is here: clauses in order, and the fingerprints that say whether words are the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class TextClause:
    """One clause of a text: its lasting key, its number as readers see it, its heading and its words."""

    key: str
    number: str
    heading: str
    text: str
    level: int = 0
    kind: str = ""

    @property
    def sha(self) -> str:
        """The fingerprint of the clause's words. Its number and place don't count: a move changes no words."""
        return clause_sha(self.heading, self.text)


def clause_sha(heading: str, text: str) -> str:
    """The SHA-256 of a heading and the words under it."""
    return sha256(f"{heading}\x1f{text}".encode()).hexdigest()


def text_sha(clauses: Sequence[TextClause]) -> str:
    """The fingerprint of a whole text: each clause's key and words, in order."""
    return _over((each.key, each.sha) for each in clauses)


def words_sha(clauses: Sequence[TextClause]) -> str:
    """The fingerprint of what a text says, whatever the order of its clauses: what a sign-off binds to."""
    return _over(sorted((each.key, each.sha) for each in clauses))


def _over(pairs: Iterable[tuple[str, str]]) -> str:
    made = sha256()
    for key, sha in pairs:
        made.update(f"{len(key)}:{key}:{sha}\n".encode())
    return made.hexdigest()

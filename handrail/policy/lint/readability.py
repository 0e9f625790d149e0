"""How hard a text is to read: school grade and sentence length, for blocks of prose, never for a whole text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handrail.policy.lint.sentences import split_sentences, words_of
from handrail.policy.lint.syllables import syllables

ENOUGH_WORDS = 60


@dataclass(frozen=True, slots=True)
class Readability:
    """The measures of one block of prose."""

    words: int
    sentences: int
    syllables: int
    longest: int

    @property
    def grade(self) -> float:
        """The US school grade by Flesch and Kincaid.

        0.39 x words per sentence + 11.8 x syllables per word - 15.59, from J. P. Kincaid, R. P. Fishburne,
        R. L. Rogers and B. S. Chissom, "Derivation of new readability formulas", Naval Technical Training Command
        Research Branch Report 8-75, 1975. Unsteady under about 60 words, so ask `enough` first.
        """
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def mean_sentence(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def enough(self) -> bool:
        """Whether there are enough words for a grade that means something."""
        return self.words >= ENOUGH_WORDS


def measure_sentences(sentences: Iterable[Sequence[str]]) -> Readability:
    """The measures of sentences that are already lists of words."""
    words = count = spoken = longest = 0
    for sentence in sentences:
        if sentence:
            count += 1
            words += len(sentence)
            spoken += sum(map(syllables, sentence))
            longest = max(longest, len(sentence))
    return Readability(words, count, spoken, longest)


def measure(text: str) -> Readability:
    """The measures of a plain text; a blank line ends a sentence, as a paragraph or a list point does."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return measure_sentences(words_of(sentence) for block in blocks for sentence in split_sentences(block))

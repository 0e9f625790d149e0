"""CLR-01 and CLR-02: sentences that are too long and sections that ask too much schooling."""

from collections.abc import Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit, Severity
from handrail.policy.lint.readability import measure_sentences
from handrail.policy.lint.reading import Passage
from handrail.policy.lint.rulebook import detector

LONG, TOO_LONG, MEAN = 25, 35, 20
GOOD_GRADE, HARD_GRADE = 9.0, 12.0


@detector("CLR-01")
def long_sentences(document: Document, context: Context) -> Iterator[Hit]:
    """Sentences over 25 words, and an average over 20."""
    lengths: list[int] = []
    prose = {id(passage) for passage in context.reading.prose}
    for passage in context.reading.passages:
        if passage.clause.form == "table_row":
            continue
        for sentence in passage.sentences:
            count = len(sentence.words)
            if id(passage) in prose:
                lengths.append(count)
            if count > LONG:
                yield Hit(
                    sentence.text,
                    passage.clause,
                    severity="improve" if count > TOO_LONG else "consider",
                    values={"n": count},
                )
    if len(lengths) >= 8 and sum(lengths) > MEAN * len(lengths):
        first = context.reading.prose[0]
        mean = round(sum(lengths) / len(lengths))
        yield Hit(
            first.sentences[0].text if first.sentences else first.text, first.clause, wording="mean", values={"n": mean}
        )


@detector("CLR-02")
def hard_sections(document: Document, context: Context) -> Iterator[Hit]:
    """Prose of a section, 60 words or more, above school grade 9."""
    prose = {id(passage) for passage in context.reading.prose}
    for section in context.reading.sections:
        passages: list[Passage] = [passage for passage in section.passages if id(passage) in prose]
        measured = measure_sentences(sentence.words for passage in passages for sentence in passage.sentences)
        grade = round(measured.grade)
        if measured.enough and grade > GOOD_GRADE:
            quote = passages[0].sentences[0].text if passages[0].sentences else passages[0].text
            severity: Severity = "improve" if grade > HARD_GRADE else "consider"
            yield Hit(quote, passages[0].clause, severity=severity, values={"grade": grade})

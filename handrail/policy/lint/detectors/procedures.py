"""STR-02 and STR-03: steps and tools that belong in a procedure, and a length that calls for a summary."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Passage, Reading
from handrail.policy.lint.rulebook import detector

MOST_STEPS = 4
MOST_SHARE = 0.10
FEW_WORDS, MANY_WORDS, TOO_MANY_WORDS = 250, 800, 2_500

_STEP = re.compile(
    r"^(?:please |then |next,? |now |finally,? )?(?:open|go to|click|select|log|sign in|fill|complete|submit"
    r"|send|forward|create|choose|upload|"
    r"download|schedule|press|enter|attach|assign|tag|notify|copy|paste|add|e-?mail|save|publish|review|confirm|wait|"
    r"draft|visit|navigate|type|set up|install|run|file|ping|post in|request|check|record|log|label|draft|write)\b",
    re.IGNORECASE,
)
_TOOL_PARTS = (
    "slack",
    "hootsuite",
    "sprout",
    "sprinklr",
    "asana",
    "trello",
    "jira",
    "airtable",
    "zapier",
    "canva",
    "meltwater",
    "brandwatch",
    "zendesk",
    "salesforce",
    "google ",
    "sharepoint",
    "microsoft teams",
    "ms teams",
    "notion",
    "basecamp",
    "monday.com",
    "tweetdeck",
    "buffer",
    "bitly",
    "issue tracker",
    "kanban board",
)
_MAILBOX = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")
_CHANNEL = re.compile(
    r"#[a-z][\w-]{1,40} (?:slack )?channel\b|\bslack channel\b"
    r"|\{%-?\s*slack_channel\b",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:Slack|Hootsuite|Sprout(?: Social)?|Sprinklr|Asana|Trello|Jira|Airtable|Zapier|Canva|Meltwater|Brandwatch|"
    r"Zendesk|Salesforce|Google (?:Docs?|Sheets?|Forms?|Drive|Calendar)|SharePoint|Microsoft Teams|MS Teams|Notion|"
    r"Basecamp|Monday\.com|Tweetdeck|TweetDeck|Buffer|Bitly|issue tracker|kanban board)\b"
)
_CONTACT_HEADING = re.compile(
    r"\b(?:contacts?|questions?|help|who to ask|further information"
    r"|more information)\b",
    re.IGNORECASE,
)
_SUMMARY_HEADING = re.compile(
    r"\b(?:summary|at a glance|in short|in brief|key (?:points|messages|rules|facts)|short version|essentials|tl;?dr|"
    r"quick (?:read|guide|reference)|the basics|main (?:points|rules)|in a nutshell|golden rules)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"\b(?:overview|introduction|about this policy)\b", re.IGNORECASE)


@detector("STR-02")
def procedure_inside(document: Document, context: Context) -> Iterator[Hit]:
    """Long lists of steps, and a large share of lines that name tools or mailboxes."""
    yield from _long_step_lists(document.clauses)
    passages = context.reading.passages
    found = [(passage, quote) for passage in passages if (quote := _tool_words(passage))]
    pictures = sum(clause.form == "image" for clause in document.clauses)
    total = len(passages) + pictures
    if total >= 10 and len(found) + pictures >= 3 and found and len(found) + pictures > MOST_SHARE * total:
        passage, quote = found[0]
        share = round(100 * (len(found) + pictures) / total)
        yield Hit(quote, passage.clause, values={"share": share})


def _long_step_lists(clauses: Sequence[Clause]) -> Iterator[Hit]:
    for _, run in groupby(clauses, key=lambda clause: (clause.headings, clause.form, clause.marker[:1].isdigit())):
        steps = list(run)
        if len(steps) <= MOST_STEPS or steps[0].form != "list_item" or not steps[0].marker[:1].isdigit():
            continue
        orders = sum(bool(_STEP.match(step.text[:60])) for step in steps)
        if orders > MOST_STEPS or orders >= 0.6 * len(steps):
            yield Hit(steps[0].text, steps[0], wording="steps", values={"n": len(steps)})


def _tool_words(passage: Passage) -> str:
    """The first words of a passage that name a tool, a chat channel or a mailbox that is no plain contact."""
    for pattern in (_CHANNEL, _TOOL) if passage.has(_TOOL_PARTS) else ():
        found = pattern.search(passage.text)
        if found:
            return found.group()
    found = _MAILBOX.search(passage.text) if "@" in passage.text else None
    contact = any(_CONTACT_HEADING.search(heading[:200]) for heading in passage.clause.headings)
    return found.group() if found and not contact else ""


@detector("STR-03")
def length_and_summary(document: Document, context: Context) -> Iterator[Hit]:
    """A text too long, too short, or long without a summary."""
    words = context.reading.word_count
    if not words:
        return
    quote = document.title or (document.headings[0].text if document.headings else "")
    values = {"words": f"{words:,}"}
    if words < FEW_WORDS:
        yield Hit(quote, None, 1, wording="short", values=values)
    elif words > MANY_WORDS and not _has_summary(context.reading):
        yield Hit(quote, None, 1, values=values)
    elif words > TOO_MANY_WORDS:
        yield Hit(quote, None, 1, wording="long", values=values)


def _has_summary(reading: Reading) -> bool:
    """Whether the first third has a summary under its heading, or an introduction that is a short list."""
    last_line = max((passage.clause.line_end for passage in reading.passages), default=0)
    for heading in reading.document.headings:
        if heading.line <= max(last_line / 3, 20) and _SUMMARY_HEADING.search(heading.text[:200]):
            return True
    for section in reading.sections[:4]:
        points = sum(passage.clause.form == "list_item" for passage in section.passages)
        if _INTRODUCTION.search(section.heading[:200]) and 4 <= points <= 10:
            return True
    return any(
        re.match(
            r"(?:in short|in brief|summary"
            r"|tl;?dr)\b",
            p.text[:40],
            re.IGNORECASE,
        )
        for p in reading.passages[:6]
    )

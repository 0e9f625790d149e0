"""The sentence at the top of listening, and the one that says how far sentiment can be trusted; both computed."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from handrail.engine.sentiment import accuracy
from handrail.kernel.words import counted, sentence_case
from handrail.listening.reads.spans import Span
from handrail.listening.reads.volume import Bucket, Volume

ENOUGH = 20
_SETS = {"TweetEval sentiment, validation, evaluation half": "TweetEval’s validation set"}
_STEP = {"quarter": "a quarter of an hour", "hour": "an hour", "day": "a day", "week": "a week"}


def headline(heard: Volume, in_topics: int | None = None) -> str:
    """How much was said, how it sounds and what stands out, in sentences that commit to the record.

    Where all posts are counted and there are topics, `in_topics` is how many of them stand in one: the rest were kept
    without anyone having said what for, and the sentence says so.
    """
    if not heard.total:
        return f"No posts {heard.span.words}."
    first = f"{counted(heard.total, 'post')} {heard.span.words}{_trend(heard)}"
    if in_topics is not None:
        first += f"; {in_topics:,} of them {'stands' if in_topics == 1 else 'stand'} in a topic"
    sentences = [first + "."]
    share = heard.negative_share
    if share is not None and heard.total - heard.sum("unsure") >= ENOUGH:
        whose = "all" if in_topics is not None else "those"
        sentences.append(f"Of {whose} that can be judged, {round(100 * share)}% sound negative.")
    if heard.peak:
        sentences.append(
            f"Most came {_when(heard.peak, heard.span)}: {heard.peak.total:,} in {_STEP[heard.span.step]}."
        )
    return " ".join(sentence_case(sentence) for sentence in sentences)


def accuracy_words() -> str:
    """How often sentiment is right, with the figure and the posts it was measured on; said wherever it is shown."""
    measured: dict[str, Any] = accuracy()
    right = round(100 * float(measured["accuracy_when_answered"]))
    answered = round(100 * float(measured["coverage"]))
    posts = str(measured["measured_on"])
    return (
        f"Sentiment is right for {right} of 100 of the English posts it answers, and answers {answered} of 100, "
        f"measured on {measured['n']:,} posts of {_SETS.get(posts, posts)}"
        "; complaints told plainly are often called neutral"
    )


def _trend(heard: Volume) -> str:
    """Compared with the stretch before, where posts reach back over all of it."""
    span = heard.span
    if span.choice == "all" or span.first > span.before().start or min(heard.before, heard.total) < ENOUGH:
        return ""
    ratio = heard.total / heard.before
    if ratio >= 1.5:
        return f", {ratio:.1f} times as many as before"
    return ", half as many as before or fewer" if ratio <= 0.5 else ""


def _when(bucket: Bucket, span: Span) -> str:
    local = timezone.localtime(bucket.start)
    if span.step in ("quarter", "hour"):
        return f"at {date_format(local, 'H:i')} on {date_format(local, 'j F')}"
    return f"on {date_format(local, 'j F')}" if span.step == "day" else f"in the week of {date_format(local, 'j F')}"

"""What pages and higher rooms ask about listening: how much, how it sounds, the posts, what a query would match."""

from handrail.listening.reads.access import may_listen
from handrail.listening.reads.headline import accuracy_words, headline
from handrail.listening.reads.imports import bad_rows_of, import_page
from handrail.listening.reads.previews import Preview, preview
from handrail.listening.reads.spans import CHOICES, STEP_WORDS, Span, span_of
from handrail.listening.reads.stream import (
    PAGE,
    StreamPage,
    Wanted,
    came_since,
    every_post,
    newest_key,
    queries_for_marks,
    stream,
)
from handrail.listening.reads.volume import Bucket, Heard, Volume, counts_by_topic, heard, in_topics, volume

__all__ = [
    "CHOICES",
    "PAGE",
    "STEP_WORDS",
    "Bucket",
    "Heard",
    "Preview",
    "Span",
    "StreamPage",
    "Volume",
    "Wanted",
    "accuracy_words",
    "bad_rows_of",
    "came_since",
    "counts_by_topic",
    "every_post",
    "headline",
    "heard",
    "import_page",
    "in_topics",
    "may_listen",
    "newest_key",
    "preview",
    "queries_for_marks",
    "span_of",
    "stream",
    "volume",
]

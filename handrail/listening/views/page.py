"""What people say: volume over time, how it sounds, and the posts, newest first."""

import csv
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from handrail.kernel.files import csv_answer, safe_cell
from handrail.listening import reads
from handrail.listening.actions import may_import_posts, may_save_topics
from handrail.listening.chart import chart_of, label_of, sound_bar
from handrail.listening.models import Label, Mention, Topic
from handrail.listening.queries import marked
from handrail.people.guard import guarded, person_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a topic, a stretch of time, one sound, a step of the chart."""

    topic: Topic | None
    choice: str
    label: Label | None
    since: datetime | None
    until: datetime | None

    def wanted(self) -> reads.Wanted:
        """The posts it asks for; a step of the chart narrows the stretch."""
        span = reads.span_of(self.choice, self.topic)
        start = self.since or (span.start if span else None)
        end = self.until or (span.end if span else None)
        return reads.Wanted(self.topic, self.label, start, end)

    def address(self, page: str = "listening:listening", **changed: object) -> str:
        """The address of the same view with something changed; None leaves it out."""
        parts: dict[str, object] = {
            "topic": self.topic.pk if self.topic else None,
            "span": self.choice if self.choice != "week" else None,
            "show": self.label.name.lower() if self.label is not None else None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        } | changed
        words = urlencode({name: value for name, value in parts.items() if value not in (None, "")})
        return reverse(page) + (f"?{words}" if words else "")


def asked(request: HttpRequest) -> Asked:
    """Read the address; what can't be read is left out."""
    key = request.GET.get("topic", "")
    choice = request.GET.get("span", "week")
    shown = request.GET.get("show", "").upper()
    return Asked(
        topic=Topic.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None,
        choice=choice if choice in reads.CHOICES else "week",
        label=Label[shown] if shown in Label.__members__ else None,
        since=_moment(request.GET.get("since", "")),
        until=_moment(request.GET.get("until", "")),
    )


@guarded(reads.may_listen)
@require_GET
def listening(request: HttpRequest) -> HttpResponse:
    """The page: a sentence, the chart, topics, the stream."""
    want = asked(request)
    person = person_of(request)
    span = reads.span_of(want.choice, want.topic)
    shown: dict[str, object] = {
        "asked": want,
        "topics": _topics(want, span),
        "may_import": may_import_posts(person),
        "may_save": may_save_topics(person),
        "any": Mention.objects.exists() if span is None else True,
    }
    if span is None:
        return render(request, "listening/listening.html", shown | {"span": None})
    heard = reads.volume(span, want.topic)
    rows = [
        (label_of(bucket, heard), bucket, want.address(since=_iso(bucket.start), until=_iso(bucket.end), show=None))
        for bucket in heard.buckets
        if bucket.total
    ]
    ranges = [
        (words, want.address(span=key, since=None, until=None), key == want.choice)
        for key, (words, _) in reads.CHOICES.items()
    ]
    sounds = [(label, want.address(show=label.name.lower()), label == want.label) for label in Label]
    shown |= {
        "span": span,
        "heard": heard,
        "headline": reads.headline(heard, None if want.topic else reads.in_topics(span)),
        "accuracy": reads.accuracy_words(),
        "chart": chart_of(heard),
        "rows": rows[-400:],
        "every": reads.STEP_WORDS[span.step],
        "ranges": ranges,
        "sounds": sounds,
        "all_sounds": want.address(show=None),
        "whole_span": want.address(since=None, until=None),
        "csv": want.address("listening:posts_csv"),
        "new_url": want.address("listening:came_since", since=None, until=None, show=None),
        "newest": reads.newest_key(want.topic),
        "last": reads.stream(reads.Wanted(want.topic), size=1).posts[0].posted_at,
    }
    return render(request, "listening/listening.html", shown | _stream(request, want))


@guarded(reads.may_listen)
@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """The next page of the stream, alone."""
    return render(request, "listening/_stream.html", _stream(request, asked(request)))


@guarded(reads.may_listen)
@require_GET
def came_since(request: HttpRequest) -> HttpResponse:
    """How many posts came since the page was opened; the page asks every half minute and shows none by itself."""
    want = asked(request)
    key = request.GET.get("after", "")
    after = int(key) if key.isdecimal() and len(key) < 18 else 0
    shown = {
        "count": reads.came_since(want.topic, after),
        "here": want.address(since=None, until=None),
        "new_url": want.address("listening:came_since", since=None, until=None, show=None),
        "newest": after,
    }
    return render(request, "listening/_new.html", shown)


@guarded(reads.may_listen)
@require_GET
def posts_csv(request: HttpRequest) -> HttpResponse:
    """The posts shown, as CSV without their authors' names; at most 100,000."""
    response = csv_answer("posts.csv")
    writer = csv.writer(response)
    writer.writerow(["id", "date", "network", "place", "language", "sentiment", "text", "url"])
    keys = reads.every_post(asked(request).wanted())
    for at in range(0, len(keys), 500):
        found = Mention.objects.in_bulk(keys[at : at + 500])
        for key in keys[at : at + 500]:
            post = found[key]
            sound = post.get_label_display()
            cells = [
                post.uri,
                post.posted_at.isoformat(),
                post.platform,
                post.place,
                post.langs,
                sound,
                post.text,
                post.url,
            ]
            writer.writerow([safe_cell(cell) for cell in cells])
    return response


def _stream(request: HttpRequest, want: Asked) -> dict[str, object]:
    page = reads.stream(want.wanted(), request.GET.get("mark", ""))
    queries = reads.queries_for_marks(want.topic)
    posts = [(post, marked(post.text, queries)) for post in page.posts]
    next_url = want.address("listening:more", mark=page.next) if page.next else ""
    return {"posts": posts, "next_url": next_url, "asked": want}


def _topics(want: Asked, span: reads.Span | None) -> list[dict[str, object]]:
    """Each live topic with its posts in the stretch shown and how they sound."""
    counts = reads.counts_by_topic(span) if span else {}
    rows: list[dict[str, object]] = []
    for topic in Topic.objects.live():
        sounds = counts.get(topic.pk, {})
        rows.append(
            {
                "topic": topic,
                "posts": sum(sounds.values()),
                "bar": sound_bar(sounds),
                "href": want.address(topic=topic.pk, since=None, until=None),
                "here": want.topic is not None and want.topic.pk == topic.pk,
            }
        )
    return rows


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    # A day of slack at either end of time, because a page shows it in a zone of its own.
    return moment if moment.tzinfo and 1 < moment.year < 9999 else None

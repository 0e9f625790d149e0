"""Listening over the API: the same verbs as the pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from handrail.kernel.errors import Refused
from handrail.listening import actions, reads
from handrail.listening.models import Label, Mention, Topic
from handrail.people.guard import NOT_YOURS, person_of

router = Router(tags=["listening"])


class TopicOut(Schema):
    """A topic: what we listen for, and why."""

    id: int
    name: str
    query: str
    purpose: str
    revision: int


class TopicIn(Schema):
    """A topic to set up, or its new wording."""

    name: str
    query: str
    purpose: str


class PreviewOut(Schema):
    """What a query would match among the newest posts kept."""

    matches: int
    looked_at: int
    whole: bool
    adds: int
    loses: int
    warnings: list[dict[str, Any]]


class PostOut(Schema):
    """A post without its author."""

    id: str
    posted_at: datetime
    platform: str
    place: str
    language: str
    sentiment: str
    text: str
    url: str


class StreamOut(Schema):
    """A page of posts, newest first; `next` opens the following page, empty on the last."""

    posts: list[PostOut]
    next: str


class BadRowOut(Schema):
    """A row that did not go in."""

    line: int
    column: str
    cell: str
    reason: str


class PostsReportOut(Schema):
    """What a file of posts changed or would change; `bad_rows` are the first of `bad`."""

    rows: int
    new: int
    known: int
    bad: int
    skipped: int
    bad_rows: list[BadRowOut]
    written: bool


@router.get("/topics", response=list[TopicOut], summary="What we listen for")
def topics(request: HttpRequest) -> list[Topic]:
    """Live topics by name; open to everyone who works here."""
    person_of(request)
    return list(Topic.objects.live())


@router.post("/topics", response={201: TopicOut}, summary="Set a topic up")
def new_topic(request: HttpRequest, topic: TopicIn) -> Status[Topic]:
    """A new topic, if the person may."""
    return Status(201, actions.save_topic(None, **topic.dict(), by=person_of(request)))


@router.put("/topics/{int:pk}", response=TopicOut, summary="Give a topic a new wording")
def change_topic(request: HttpRequest, pk: int, topic: TopicIn) -> Topic:
    """The new wording; posts kept from before are looked at again."""
    return actions.save_topic(get_object_or_404(Topic, pk=pk), **topic.dict(), by=person_of(request))


@router.post("/topics/preview", response=PreviewOut, summary="What a query would match")
def preview(request: HttpRequest, query: str, topic: int | None = None) -> dict[str, Any]:
    """Counts among the newest posts kept, and what saving would change."""
    _may_listen(request)
    seen = reads.preview(query, Topic.objects.filter(pk=topic).first() if topic else None)
    names = ("matches", "looked_at", "whole", "adds", "loses")
    warnings = [{"code": each.code, "position": each.position, "message": each.message} for each in seen.warnings]
    return {name: getattr(seen, name) for name in names} | {"warnings": warnings}


@router.get("/posts", response=StreamOut, summary="Posts, newest first")
def posts(request: HttpRequest, topic: int | None = None, sentiment: str = "", mark: str = "") -> dict[str, Any]:
    """One page of the stream, of a topic or of all posts."""
    _may_listen(request)
    wanted = reads.Wanted(
        topic=get_object_or_404(Topic, pk=topic) if topic else None,
        label=Label.__members__.get(sentiment.upper()),
    )
    page = reads.stream(wanted, mark)
    return {"posts": [_shown(post) for post in page.posts], "next": page.next}


@router.post("/posts/import", response=PostsReportOut, summary="Bring posts in from CSV or JSONL")
def bring_posts_in(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> actions.ImportReport:
    """Good rows go in, bad rows come back with their line and reason; columns are guessed."""
    stream: Any = file.file
    return actions.import_posts(stream, file.name or "file", by=person_of(request), dry_run=dry_run)


def _may_listen(request: HttpRequest) -> None:
    if not reads.may_listen(person_of(request)):
        raise Refused(NOT_YOURS)


def _shown(post: Mention) -> dict[str, Any]:
    names = ("posted_at", "platform", "place", "text", "url")
    sentiment = Label(post.label).name.lower()
    return {name: getattr(post, name) for name in names} | {
        "id": post.uri,
        "language": post.langs,
        "sentiment": sentiment,
    }

"""How topics meet the engine: the matcher of all live topics, and a query checked with its sentence."""

from collections.abc import Sequence
from typing import Literal

from handrail.engine.matching import Matcher, can_compile
from handrail.engine.post import Post
from handrail.engine.query import Query, QueryError, leaves, parse, spans
from handrail.engine.query.nodes import Field
from handrail.kernel.errors import BadInput
from handrail.listening.models import Mention, Topic
from handrail.listening.nobody import names_somebody_here

MAX_QUERY = 20_000
Signature = tuple[tuple[int, int], ...]


class Topics:
    """All live topics as one matcher; `refresh` notices when one of them changed.

    For `many` posts the compiled way is taken from the start, where numba is installed.
    """

    def __init__(self, *, many: bool = False) -> None:
        self._signature: Signature = ()
        self._way: Literal["auto", "compiled"] = "compiled" if many and can_compile() else "auto"
        self._matcher = Matcher({})
        self.refresh()

    def refresh(self) -> bool:
        """Take the topics as they stand now; whether any differs from before."""
        rows = list(Topic.objects.live().order_by("pk").values_list("pk", "revision", "query"))
        signature = tuple((pk, revision) for pk, revision, _ in rows)
        if signature == self._signature:
            return False
        self._signature = signature
        self._matcher = Matcher({pk: parse(query) for pk, _, query in rows}, way=self._way)
        return True

    def match_many(self, posts: Sequence[Post]) -> Sequence[Sequence[int]]:
        """For each post the topics it belongs to."""
        return self._matcher.match_many(posts)


def as_post(row: Mention) -> Post:
    """A kept post as the engine knows it."""
    return Post(
        uri=row.uri,
        text=row.text,
        posted_at=row.posted_at,
        author=row.author,
        langs=tuple(filter(None, row.langs.split(","))),
        platform=row.platform,
        url=row.url,
        reply_to=row.reply_to,
        place=row.place,
    )


def checked(query: str) -> Query:
    """The query, read. Raises BadInput with the engine's code, position and sentence, or when it follows an account."""
    if not query.strip():
        raise BadInput("Write the words to listen for, such as “harbour & pine” or a hashtag.", field="query")
    try:
        read = parse(query)
    except QueryError as error:
        raise BadInput(str(error), field="query") from error
    for part in leaves(read):
        if isinstance(part.node, Field) and part.node.name == "from" and not part.negated:
            raise BadInput(
                "from: follows one account. Handrail listens to what is said, never to who says it, so that nobody who "
                "works here can be followed. Take it out, or write NOT from: to leave an account out.",
                field="query",
            )
    if somebody := names_somebody_here(read):
        raise BadInput(
            f"“{somebody}” works here. Nobody here is watched, so no query looks for them. Take the name out.",
            field="query",
        )
    return read


def marked(text: str, queries: Sequence[Query]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word one of the queries asks for."""
    places = sorted(place for query in queries for place in spans(query, text))
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in places:
        if start < at:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


def matcher_of(key: int, query: str, *, many: bool = False) -> Matcher:
    """The matcher of one query alone; for `many` posts the compiled way where there is one."""
    return Matcher({key: parse(query)}, way="compiled" if many and can_compile() else "auto")

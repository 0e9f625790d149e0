"""How topics meet the engine: the matcher of all live topics, and a query checked with its sentence."""

import re
from collections.abc import Mapping, Sequence

from django.db.models.functions import Lower

from handrail.engine.post import Post
from handrail.kernel.errors import BadInput
from handrail.listening.models import Mention, Topic
from handrail.people.models import Person

try:
    from handrail.engine.matching import Matcher
    from handrail.engine.query import Query, QueryError, parse
except ImportError:  # interim, until the engine's query language stands

    class QueryError(Exception):
        pass

    class Query(str):
        pass

    def parse(t):
        if t.count('"') % 2:
            raise QueryError("Q1 at 0: open quote")
        return Query(t)

    class Matcher:
        def __init__(s, qs):
            s.qs = {k: [w.strip('"').lower() for w in v.split(" OR ")] for k, v in qs.items()}

        def match_many(s, posts):
            return [[k for k, ws in s.qs.items() if any(w in p.text.lower() for w in ws)] for p in posts]


MAX_QUERY = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Signature = tuple[tuple[int, int], ...]


class Topics:
    """All live topics as one matcher; `refresh` notices when one of them changed."""

    def __init__(self) -> None:
        self._signature: Signature = ()
        self._matcher = Matcher({})
        self.refresh()

    def refresh(self) -> bool:
        """Take the topics as they stand now; whether any differs from before."""
        rows = list(Topic.objects.live().order_by("pk").values_list("pk", "revision", "query"))
        signature = tuple((pk, revision) for pk, revision, _ in rows)
        if signature == self._signature:
            return False
        self._signature = signature
        self._matcher = Matcher({pk: parse(query) for pk, _, query in rows})
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


def names_somebody_here(query: str) -> str:
    """The full name of someone who works here that stands word by word in the query, or nothing.

    Nobody here is watched: a topic listens to what is said about the organisation, never to or about one employee.
    """
    words = _WORD.findall(query)[:2000]
    runs = {" ".join(words[at : at + length]) for length in (2, 3, 4) for at in range(len(words) - length + 1)}
    wanted = sorted({run.lower() for run in runs} | {_ascii_lower(run) for run in runs})
    for at in range(0, len(wanted), 500):
        found = (
            Person.objects.here()
            .annotate(lower_name=Lower("name"))
            .filter(lower_name__in=wanted[at : at + 500])
            .values_list("name", flat=True)
            .first()
        )
        if found:
            return str(found)
    return ""


def _ascii_lower(text: str) -> str:
    """Lower case as SQLite knows it: ASCII letters only."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def strings_of(fields: Mapping[str, object]) -> dict[str, str]:
    """Form values as text."""
    return {key: str(value or "") for key, value in fields.items()}


def checked(query: str) -> Query:
    """The query, parsed. Raises BadInput with the engine's code, position and sentence."""
    if not query.strip():
        raise BadInput("Write the words to listen for, such as “harbour & pine” or a hashtag.", field="query")
    try:
        return parse(query)
    except QueryError as error:
        raise BadInput(str(error), field="query") from error


def matcher_of(key: int, query: str) -> Matcher:
    """The matcher of one query alone."""
    return Matcher({key: parse(query)})

"""The peers of bench/match.py: one regular expression per word and query, and PostgreSQL's tsquery."""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
from with_postgres import programs, start

from handrail.engine.post import Post
from handrail.engine.query import Query
from handrail.engine.query.nodes import And, Near, Node, Not, Or, Phrase, Word

try:
    import psycopg
except ImportError:
    psycopg = None

Pairs = set[tuple[int, int]]


def by_expression(node: Node) -> Callable[[str], bool]:
    """A query as Python would be asked to do it: re.search for each word."""
    match node:
        case Word():
            return _search(rf"\b{node.text}\b")
        case Phrase():
            return _search(r"\b" + r"\W+".join(word.text for word in node.words) + r"\b")
        case Near(left=Word() as left, right=Word() as right):
            between = rf"\W+(?:\w+\W+){{0,{node.within}}}"
            one, two = left.text, right.text
            return _search(rf"\b(?:{one}{between}{two}|{two}{between}{one})\b")
        case Not():
            inner = by_expression(node.part)
            return lambda text: not inner(text)
        case And():
            parts = [by_expression(part) for part in node.parts]
            return lambda text: all(part(text) for part in parts)
        case Or():
            parts = [by_expression(part) for part in node.parts]
            return lambda text: any(part(text) for part in parts)
    raise TypeError(node)


def _search(pattern: str) -> Callable[[str], bool]:
    search = re.compile(pattern, re.IGNORECASE).search
    return lambda text: search(text) is not None


def as_tsquery(node: Node) -> str:
    """The query in PostgreSQL's words; NEAR becomes every distance it allows."""
    match node:
        case Word():
            return node.text
        case Phrase():
            return "(" + " <-> ".join(word.text for word in node.words) + ")"
        case Near(left=Word() as left, right=Word() as right):
            pairs = ((left.text, right.text), (right.text, left.text))
            found = [f"{one} <{gap}> {two}" for one, two in pairs for gap in range(1, node.within + 2)]
            return f"({' | '.join(found)})"
        case Not():
            return f"!{as_tsquery(node.part)}"
        case And():
            return "(" + " & ".join(map(as_tsquery, node.parts)) + ")"
        case Or():
            return "(" + " | ".join(map(as_tsquery, node.parts)) + ")"
    raise TypeError(node)


@contextmanager
def postgres() -> Iterator["psycopg.Connection | str"]:
    """A connection to a throw-away server, or the reason why there is none."""
    place = programs() if psycopg else None
    if psycopg is None or place is None:
        yield "psycopg is not installed" if psycopg is None else "no PostgreSQL programs on this machine"
        return
    folder = Path(tempfile.mkdtemp(prefix="handrail-bench-"))
    folder.chmod(0o755)
    try:
        server, url = start(place, folder)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        yield f"the server did not start ({error})"
        return
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def by_postgres(connection: "psycopg.Connection", queries: dict[int, Query], posts: list[Post]) -> tuple[float, Pairs]:
    """Seconds from texts in a table to matches, and the matches: vectors, a GIN index, one index scan per query."""
    run = connection.execute
    run("SET max_parallel_workers_per_gather = 0")
    run("SET maintenance_work_mem = '256MB'")
    run("DROP TABLE IF EXISTS post, query, vector")
    run("CREATE UNLOGGED TABLE post (id int, text text)")
    run("CREATE UNLOGGED TABLE query (id int, asked tsquery)")
    with connection.cursor() as cursor:
        with cursor.copy("COPY post FROM STDIN") as copy:
            for number, post in enumerate(posts):
                copy.write_row((number, post.text))
        cursor.executemany(
            "INSERT INTO query VALUES (%s, to_tsquery('simple', %s))",
            [(number, as_tsquery(query.node)) for number, query in queries.items()],
        )
    began = time.perf_counter()
    run("CREATE UNLOGGED TABLE vector AS SELECT id, to_tsvector('simple', text) AS words FROM post")
    run("CREATE INDEX ON vector USING gin (words)")
    run("ANALYZE vector")
    run("SET enable_seqscan = off")
    found = run(
        "SELECT vector.id, query.id FROM query CROSS JOIN LATERAL "
        "(SELECT id FROM vector WHERE vector.words @@ query.asked) AS vector"
    ).fetchall()
    return time.perf_counter() - began, set(found)

"""What a query can ask about a post beside its text, and what a given post answers."""

import re

from handrail.engine.post import Post
from handrail.engine.query.nodes import Field, Place
from handrail.engine.query.refusals import QueryError

EXAMPLES = {
    "from": "from:alice.example",
    "has": "has:links",
    "lang": "lang:en,de",
    "platform": "platform:bluesky",
    "site": "site:news.example",
}
_SAME = {"author": "from", "language": "lang"}
_VALUE = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]|([^,\"“”„]+)")
_GOOD = {
    "has": re.compile("links"),
    "lang": re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*"),
    "site": re.compile(r"[\w-]+(\.[\w-]+)+"),
}
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#:]*)")
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)

# A field with one value, as a post has it or a query asks for it.
FieldKey = tuple[str, str]


def read_field(name: str, written: str, at: Place) -> Field:
    """The field a query's text names, its values in the shape posts are compared in."""
    known = _SAME.get(name.casefold(), name.casefold())
    if known not in EXAMPLES:
        raise QueryError("E021", *at, found=name)
    values = [quoted or bare for quoted, bare in _VALUE.findall(written)]
    if not any(value.strip() for value in values):
        raise QueryError("E022", *at, found=name, example=EXAMPLES[known])
    asked = {value: _shape(known, value) for value in values}
    for value, shaped in asked.items():
        if not shaped or (known in _GOOD and not _GOOD[known].fullmatch(shaped)):
            raise QueryError("E023", *at, found=value, field=name, example=EXAMPLES[known])
    return Field(known, tuple(dict.fromkeys(asked.values())), at)


def _shape(name: str, value: str) -> str:
    value = value.strip().casefold()
    if name == "from":
        return value.removeprefix("@")
    if name == "site":
        return _host(value)
    return value


def _host(address: str) -> str:
    found = _SITE.match(address.casefold())
    return found.group(1) if found else ""


def field_keys(post: Post) -> frozenset[FieldKey]:
    """Every field value that is true of a post: pt-BR answers to lang:pt, a.b.example to site:b.example."""
    keys = {("from", post.author.casefold().removeprefix("@")), ("platform", post.platform.casefold())}
    for lang in post.langs:
        parts = lang.casefold().split("-")
        keys.update(("lang", "-".join(parts[: count + 1])) for count in range(len(parts)))
    if post.url:
        parts = _host(post.url).split(".")
        keys.update(("site", ".".join(parts[start:])) for start in range(len(parts)))
    if _LINK.search(post.text):
        keys.add(("has", "links"))
    return frozenset(keys)


def holds(field: Field, keys: frozenset[FieldKey]) -> bool:
    """Whether a post with these keys answers the field."""
    return any((field.name, value) in keys for value in field.values)

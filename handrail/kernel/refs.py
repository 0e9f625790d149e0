"""How one room points at a row of another without knowing its table: a word and a key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A pointer such as `Ref("version", 7)`; `kind` is a word of the glossary, `key` the row's primary key as text."""

    kind: str
    key: str

    def __init__(self, kind: str, key: str | int) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "key", str(key))

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read what `str(ref)` wrote; raises ValueError when there is no colon."""
        kind, colon, key = text.partition(":")
        if not (kind and colon and key):
            raise ValueError(f"“{text}” is not a ref; write it as kind:key, such as version:7")
        return cls(kind, key)

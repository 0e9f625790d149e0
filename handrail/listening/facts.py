"""What the room of listening announces; counts and names of topics, never a post's words or its author."""

from dataclasses import dataclass
from typing import ClassVar

from handrail.kernel.facts import Fact
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class PostsImported(Fact):
    """A file of posts went in, with what became of its rows."""

    code: ClassVar[str] = "listening.posts_imported"
    post_import: Ref
    name: str
    new: int
    known: int
    bad: int


@dataclass(frozen=True, slots=True)
class ImportForgotten(Fact):
    """A file's posts were put back: they are no longer kept."""

    code: ClassVar[str] = "listening.import_forgotten"
    post_import: Ref
    name: str
    posts: int


@dataclass(frozen=True, slots=True)
class TopicSaved(Fact):
    """A topic was set up or its query changed; `added` and `lost` count posts kept from before."""

    code: ClassVar[str] = "listening.topic_saved"
    topic: Ref
    name: str
    query: str
    revision: int
    added: int
    lost: int


@dataclass(frozen=True, slots=True)
class TopicRetired(Fact):
    """We stopped listening for a topic; what was heard stays."""

    code: ClassVar[str] = "listening.topic_retired"
    topic: Ref
    name: str

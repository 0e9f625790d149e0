"""Saying what we listen for: a topic is saved with its purpose, replayed over kept posts, and retired."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.listening import tasks
from handrail.listening.actions.replay import Replay, look_at_all
from handrail.listening.actions.rows import one_at_a_time
from handrail.listening.facts import TopicRetired, TopicSaved
from handrail.listening.models import Mention, Topic, TopicRevision
from handrail.listening.queries import MAX_QUERY, checked
from handrail.people.models import Person, Role
from handrail.people.reads import has_role

REPLAY_AT_ONCE = 30_000
NOT_YOURS = "Only the governance owner and care analysts decide what we listen for. Ask one of them."


def may_save_topics(person: Person) -> bool:
    """What we listen for is decided by the governance owner and care analysts."""
    return has_role(person, Role.GOVERNANCE_OWNER, Role.CARE_ANALYST)


@transaction.atomic
def save_topic(
    topic: Topic | None, *, name: str, query: str, purpose: str, by: Person, owner: Person | None = None
) -> Topic:
    """Set a topic up (`topic` None) or give it a new wording; changing nothing writes nothing.

    Posts kept from before are looked at again in the same transaction while they are few; a longer past is left
    to `replay_topic`, and until then `topic.is_behind`. Raises BadInput for a query that can't be read, or that
    looks for somebody who works here.
    """
    if not may_save_topics(by):
        raise Refused(NOT_YOURS)
    name, query, purpose = name.strip(), query.strip(), purpose.strip()
    _check(topic, name, query, purpose)
    one_at_a_time()
    if topic is None:
        topic = Topic(name=name, query=query, purpose=purpose, owner=owner or by)
    else:
        topic = Topic.objects.select_for_update().get(pk=topic.pk)
        if topic.retired_at is not None:
            raise NotNow(f"“{topic.name}” was retired. Set it up again under a new name.")
        same = (topic.name, topic.query, topic.purpose) == (name, query, purpose)
        if same and (owner is None or owner == topic.owner):
            return topic
        topic.revision += 1
        topic.name, topic.query, topic.purpose = name, query, purpose
        topic.owner = owner or topic.owner
    topic.save()
    replay = Replay(0, 0, 0)
    if Mention.objects.count() <= REPLAY_AT_ONCE:
        replay = look_at_all(topic)
        topic.replayed_to = topic.revision
        topic.save(update_fields=["replayed_to"])
    else:
        enqueue(tasks.replay_a_topic, topic.pk, key=f"replay-{topic.pk}-{topic.revision}")
    _record(topic, replay, by)
    return topic


@transaction.atomic
def retire_topic(topic: Topic, *, by: Person) -> Topic:
    """Stop listening for a topic; what was heard under it stays and can be read."""
    if not may_save_topics(by):
        raise Refused(NOT_YOURS)
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.retired_at is not None:
        raise NotNow(f"“{topic.name}” was retired already.")
    topic.retired_at = timezone.now()
    topic.save(update_fields=["retired_at"])
    announce(TopicRetired(topic=Ref("topic", topic.pk), name=topic.name), who=by)
    return topic


def _check(topic: Topic | None, name: str, query: str, purpose: str) -> None:
    check_words(name=name, purpose=purpose, query=query)
    if not name:
        raise BadInput("Give the topic a name, such as Lifts, all hotels.", field="name")
    if len(name) > 120:
        raise BadInput("The name is longer than 120 characters. Shorten it.", field="name")
    if not purpose:
        raise BadInput("Say what this topic is for. Nobody is listened to without a purpose.", field="purpose")
    if len(purpose) > 500:
        raise BadInput("The purpose is longer than 500 characters. Say it in a sentence or two.", field="purpose")
    if len(query) > MAX_QUERY:
        raise BadInput(f"The query is longer than {MAX_QUERY:,} characters. Make two topics of it.", field="query")
    checked(query)
    others = Topic.objects.live().filter(name=name)
    if topic is not None:
        others = others.exclude(pk=topic.pk)
    if others.exists():
        raise BadInput(f"There is a topic called “{name}” already. Choose another name.", field="name")


def _record(topic: Topic, replay: Replay, by: Person) -> None:
    TopicRevision.objects.create(
        topic=topic,
        number=topic.revision,
        name=topic.name,
        query=topic.query,
        purpose=topic.purpose,
        by=by,
        added=replay.added,
        lost=replay.lost,
    )
    announce(
        TopicSaved(Ref("topic", topic.pk), topic.name, topic.query, topic.revision, replay.added, replay.lost), who=by
    )

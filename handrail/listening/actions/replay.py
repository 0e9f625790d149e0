"""Looking at kept posts again with a topic's newest query: few of them at once, a long past step by step."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from handrail.engine.flow import Matching
from handrail.listening.actions.rows import Counts, add_counts, insert, one_at_a_time, stamper
from handrail.listening.models import Mention, Topic, TopicMention, hour_of
from handrail.listening.queries import as_post, matcher_of

REPLAY_STEP = 2000


@dataclass(frozen=True, slots=True)
class Replay:
    """What looking at kept posts again with a query changed: posts looked at, added and lost."""

    looked_at: int
    added: int
    lost: int


def replay_topic(topic: Topic) -> Replay:
    """Look at every kept post again with the newest query, in short transactions; safe to repeat and to interrupt."""
    revision, last, total = topic.revision, 0, Counter[str]()
    matcher = matcher_of(topic.pk, topic.query, many=True)
    while True:
        with transaction.atomic():
            one_at_a_time()
            topic = Topic.objects.select_for_update().get(pk=topic.pk)
            if topic.revision != revision or topic.retired_at is not None:
                break
            posts = _next_posts(last)
            part = _look_again(topic, posts, matcher)
            total.update(looked_at=part.looked_at, added=part.added, lost=part.lost)
            wording = topic.revisions.get(number=revision)
            wording.added, wording.lost = wording.added + part.added, wording.lost + part.lost
            wording.save(update_fields=["added", "lost"])
            if len(posts) < REPLAY_STEP:
                topic.replayed_to = revision
                topic.save(update_fields=["replayed_to"])
                break
            last = posts[-1].pk
    return Replay(total["looked_at"], total["added"], total["lost"])


def look_at_all(topic: Topic) -> Replay:
    """Look at every kept post in the caller's transaction; for a past that is short."""
    looked_at = added = lost = last = 0
    matcher = matcher_of(topic.pk, topic.query)
    while posts := _next_posts(last):
        part = _look_again(topic, posts, matcher)
        looked_at, added, lost = looked_at + part.looked_at, added + part.added, lost + part.lost
        last = posts[-1].pk
    return Replay(looked_at, added, lost)


def _next_posts(last: int) -> list[Mention]:
    return list(Mention.objects.filter(pk__gt=last).order_by("pk")[:REPLAY_STEP])


def _look_again(topic: Topic, posts: list[Mention], matcher: Matching) -> Replay:
    """Bring the topic's posts and counts in line with its query, for these posts, which stand in order of key."""
    if not posts:
        return Replay(0, 0, 0)
    by_pk = {post.pk: post for post in posts}
    found = matcher.match_many([as_post(post) for post in posts])
    matched = {post.pk for post, ids in zip(posts, found, strict=True) if ids}
    links = TopicMention.objects.filter(topic=topic, mention_id__gte=posts[0].pk, mention_id__lte=posts[-1].pk)
    had = set(links.values_list("mention_id", flat=True))
    counts: Counts = Counter()
    added, lost = matched - had, had - matched
    for pk in added:
        counts[topic.pk, hour_of(by_pk[pk].posted_at), by_pk[pk].label] += 1
    for pk in lost:
        counts[topic.pk, hour_of(by_pk[pk].posted_at), by_pk[pk].label] -= 1
    stamp = stamper()
    rows = [(topic.pk, pk, stamp(by_pk[pk].posted_at), by_pk[pk].label) for pk in sorted(added)]
    insert(TopicMention, ("topic_id", "mention_id", "posted_at", "label"), rows)
    gone = sorted(lost)
    for at in range(0, len(gone), 500):
        TopicMention.objects.filter(topic=topic, mention_id__in=gone[at : at + 500]).delete()
    add_counts(counts)
    return Replay(len(posts), len(added), len(lost))

"""What workers do for listening: put a long file in, look at a long past again."""

from handrail.kernel.errors import BadInput, NotNow
from handrail.kernel.jobs import report, task
from handrail.listening.actions.imports import put_in
from handrail.listening.actions.replay import replay_topic
from handrail.listening.models import PostImport, Topic


@task()
def put_posts_in(pk: int) -> None:
    """Put a waiting file in from where it stopped; a file that was stopped or can't be read keeps its reason."""
    row = PostImport.objects.filter(pk=pk).first()
    if row is None:
        return
    try:
        put_in(row, by=row.by, tick=lambda done: report(done, None, f"rows of {row.name}"))
    except (BadInput, NotNow):
        return


@task()
def replay_a_topic(pk: int) -> None:
    """Look at every kept post again with a topic's newest query."""
    topic = Topic.objects.filter(pk=pk).first()
    if topic is not None:
        replay_topic(topic)

"""The verbs of listening: bring posts in and put them back; save, replay and retire topics."""

from handrail.listening.actions.imports import (
    ImportReport,
    check_posts,
    forget_import,
    import_posts,
    may_import_posts,
    put_in,
    report_of,
)
from handrail.listening.actions.replay import Replay, replay_topic
from handrail.listening.actions.topics import may_save_topics, retire_topic, save_topic
from handrail.listening.actions.uploads import (
    choose_file,
    match_columns,
    queue_import,
    start_import,
    stop_import,
)

__all__ = [
    "ImportReport",
    "Replay",
    "check_posts",
    "choose_file",
    "forget_import",
    "import_posts",
    "match_columns",
    "may_import_posts",
    "may_save_topics",
    "put_in",
    "queue_import",
    "replay_topic",
    "report_of",
    "retire_topic",
    "save_topic",
    "start_import",
    "stop_import",
]

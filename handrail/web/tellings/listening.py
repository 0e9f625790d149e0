"""How facts about what people say are told in one sentence on Home."""

from collections.abc import Callable

from handrail.kernel.words import counted
from handrail.web.reads import may_see_answers
from handrail.web.tellings.told import Record, Telling, Told


def _posts_imported(record: Record) -> Told:
    bad = f", {counted(record['bad'], 'row')} did not go in" if record.get("bad") else ""
    return Told("A file of posts went in: ", f"{counted(record['new'], 'new post')}", f"{bad}.")


def _posts_put_back(record: Record) -> Told:
    return Told(f"The posts of {record['name']} were put back: ", counted(record["posts"], "post"), " went out again.")


def _topic(record: Record) -> Told:
    if record.get("revision", 1) == 1:
        return Told("We began to listen for ", str(record.get("name", "")), ".")
    return Told("The query for ", str(record.get("name", "")), " changed.")


def _topic_retired(record: Record) -> Told:
    return Told("We stopped listening for ", str(record.get("name", "")), ".")


TELLINGS: dict[str, Telling] = {
    "listening.posts_imported": Telling(
        _posts_imported, "file", " of posts went in.", "listening:listening", may=may_see_answers
    ),
    "listening.import_forgotten": Telling(
        _posts_put_back, "file", " of posts were put back.", "listening:listening", may=may_see_answers
    ),
    "listening.topic_saved": Telling(_topic, "topic", " were set up.", "listening:listening", may=may_see_answers),
    "listening.topic_retired": Telling(_topic_retired, "topic", " were retired.", may=may_see_answers),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {}

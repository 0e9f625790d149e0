"""The measuring half of import_posts.py: three topics and one whole import, in a process of its own; prints JSON."""

import json
import resource
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from handrail.listening.actions import import_posts, save_topic  # noqa: E402
from handrail.people.testing import cast  # noqa: E402

TOPICS = {
    "Lifts": "lift* OR elevator*",
    "Breakfast": 'breakfast NEAR/6 (late OR cold) OR "no breakfast"',
    "Kindness": "(staff OR reception) AND (kind OR lovely) NOT noisy",
}


def main(path: Path) -> None:
    """Migrate, save the topics, import, and say what it took."""
    call_command("migrate", verbosity=0)
    gil = cast().gil
    for name, query in TOPICS.items():
        save_topic(None, name=name, query=query, purpose="To measure", by=gil)
    began = time.perf_counter()
    report = import_posts(path, path.name, by=gil)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"new": report.new, "bad": report.bad, "seconds": took, "megabytes": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Kills a web process and a worker again and again under load, then counts what is left. Prints one JSON object.

Loads Django once and forks, so that a kill and a fresh start cost milliseconds. Run by tests/test_kill.py.
"""

import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "kill_settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from killed.models import Counted, Deed, Heard  # noqa: E402

from handrail.kernel.jobs import enqueue  # noqa: E402
from handrail.kernel.models import FollowUp, Job, JournalEntry  # noqa: E402
from handrail.kernel.record import check_journal  # noqa: E402
from handrail.kernel.tasks import seal_the_journal  # noqa: E402
from handrail.kernel.worker import Loop  # noqa: E402

CLIENTS = 3


class Server(ThreadingMixIn, WSGIServer):
    """A web server on a socket that outlives it, so that requests wait while it is started again."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def web(listening: socket.socket) -> None:
    """Serve the deed."""
    server = Server(("127.0.0.1", 0), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_address = listening.getsockname()
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(get_wsgi_application())
    server.serve_forever(poll_interval=0.05)


def worker() -> None:
    """See to follow-ups and jobs."""
    Loop(lease=timedelta(seconds=3), idle=0.01).run()


def forked(act, *arguments: object) -> int:
    """Run `act` in a child process and give its number."""
    pid = os.fork()
    if pid == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        try:
            act(*arguments)
        finally:
            os._exit(0)
    return pid


def load(port: int, name: int, acknowledged: list[str], sent: list[str], stop: threading.Event) -> None:
    """Ask for one deed after another, and remember which were acknowledged."""
    number = 0
    while not stop.is_set():
        number += 1
        token = f"{name}-{number}"
        sent.append(token)
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=25)
        try:
            asking.request("GET", f"/deed/{token}")
            answer = asking.getresponse()
            if answer.status == 200 and answer.read() == token.encode():
                acknowledged.append(token)
        except (OSError, http.client.HTTPException):
            continue
        finally:
            asking.close()


def kill(pid: int) -> None:
    """End a process without a word."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main(kills: int, seed: int) -> None:
    """Kill each of the two `kills` times, let things settle, and count."""
    rng = random.Random(seed)
    call_command("migrate", run_syncdb=True, verbosity=0)
    connections.close_all()
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    children = {"web": forked(web, listening), "worker": forked(worker)}
    acknowledged: list[str] = []
    sent: list[str] = []
    stop = threading.Event()
    port = listening.getsockname()[1]
    clients = [threading.Thread(target=load, args=(port, n, acknowledged, sent, stop)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    left = {"web": kills, "worker": kills}
    while any(left.values()):
        time.sleep(rng.uniform(0.01, 0.18))
        name = rng.choice([each for each, count in left.items() if count])
        kill(children[name])
        left[name] -= 1
        children[name] = forked(web, listening) if name == "web" else forked(worker)
        if left[name] % 5 == 0:
            # From a process of its own: this one must hold no connection when it forks.
            os.waitpid(forked(enqueue, seal_the_journal), 0)
    stop.set()
    for client in clients:
        client.join()
    for pid in children.values():
        kill(pid)
    listening.close()
    settle()
    print(json.dumps(counts(acknowledged, sent)))


def settle() -> None:
    """Do all that is left, without waiting for leases and pauses to run out."""
    for _ in range(50):
        past = timezone.now() - timedelta(seconds=1)
        FollowUp.objects.filter(state="waiting").update(due_at=past)
        Job.objects.filter(state="waiting").update(due_at=past)
        Job.objects.filter(state="running").update(lease_until=past)
        Loop().run(until_idle=True)
        if not FollowUp.objects.filter(state="waiting").exists() and not Job.objects.exclude(state="done").exists():
            break


def counts(acknowledged: list[str], sent: list[str]) -> dict[str, object]:
    """What is left, against what was promised."""
    facts = Counter(json.loads(each.record)["token"] for each in JournalEntry.objects.iterator())
    rows = {
        model.__name__.lower(): Counter(model.objects.values_list("token", flat=True))
        for model in (Deed, Heard, Counted)
    }
    verdict, notes = check_journal()
    return {
        "sent": len(sent),
        "acknowledged": len(acknowledged),
        "facts": sum(facts.values()),
        "lost": [token for token in acknowledged if token not in facts],
        "invented": [token for token in facts if token not in set(sent)],
        "doubled": {name: [t for t, n in found.items() if n > 1] for name, found in [("fact", facts), *rows.items()]},
        "differ": {name: sorted(set(found) ^ set(facts))[:5] for name, found in rows.items()},
        "whole": verdict.is_whole,
        "findings": [each.sentence for each in verdict.findings],
        "notes": notes,
        "signed": verdict.signed,
        "follow_ups_not_done": FollowUp.objects.exclude(state="done").count(),
        "jobs_not_done": list(Job.objects.exclude(state="done").values_list("task", "state", "errors")[:3]),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

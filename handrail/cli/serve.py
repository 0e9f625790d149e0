"""Serve the pages, with one worker beside them. Both are started again should they die; Ctrl-C stops both in order.

  handrail serve                       on HANDRAIL_HOST and HANDRAIL_PORT, 127.0.0.1:8000 unless set
  handrail serve --port 9000           on another port
  handrail serve --no-worker           pages only; run “handrail work” elsewhere

Behind a proxy with TLS set HANDRAIL_HTTPS=yes and HANDRAIL_HOSTS. See docs/operations.md.
"""

import argparse
import errno
import fcntl
import os
import signal
import socket
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import IO

from handrail.cli.children import Child, keep_alive
from handrail.cli.common import CannotRead, fail, say, start_django
from handrail.cli.ready import not_ready

THREADS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with what beside the pages."""
    parser.add_argument("--host", help="the address to listen on (HANDRAIL_HOST)")
    parser.add_argument("--port", type=int, help="the port to listen on (HANDRAIL_PORT)")
    parser.add_argument("--no-worker", action="store_true", help="serve pages only, without a worker")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    settings = import_module("django.conf").settings
    host = arguments.host or settings.HANDRAIL_HOST
    port = settings.HANDRAIL_PORT if arguments.port is None else arguments.port
    try:
        held = hold_database(settings.DATABASES["default"])
    except CannotRead as error:
        return fail(str(error))
    if sentence := not_ready() or port_taken(host, port):
        return fail(sentence)
    children = [Child("web server", web_command(host, port, settings.HANDRAIL_WORKERS))]
    if not arguments.no_worker:
        children.append(Child("worker", [sys.executable, "-m", "handrail", "work", "--with-parent"]))
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    threading.Thread(target=_announce_when_up, args=(host, port, stopped), daemon=True).start()
    try:
        keep_alive(children, stopped)
    finally:
        if held is not None:
            held.close()
    say("Stopped.")
    return 0


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The command that serves the pages."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    options += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *options, "handrail.wsgi:application"]


def port_taken(host: str, port: int) -> str:
    """Why nobody can listen there, in a sentence, or nothing when the place is free."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, OverflowError):
        return f"{host}:{port} is no address of this machine. Set HANDRAIL_HOST and HANDRAIL_PORT to one that is."
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {port} on {host} is in use by another program. Stop that one, "
                    f"or choose another port: handrail serve --port {port + 1}"
                )
            if error.errno == errno.EACCES:
                return f"Port {port} is reserved for the system. Choose one above 1023, such as --port 8000."
            return f"{host}:{port} can’t be used: {error.strerror}. Check HANDRAIL_HOST and HANDRAIL_PORT."
    return ""


def hold_database(database: dict[str, object]) -> IO[str] | None:
    """Hold the SQLite file for this server alone, until the process ends, however it ends. PostgreSQL needs no hold."""
    if "sqlite" not in str(database["ENGINE"]):
        return None
    path = Path(f"{database['NAME']}.serving")
    file = path.open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        who = file.read().strip() or "unknown"
        file.close()
        raise CannotRead(
            f"Another server already serves {database['NAME']} (process {who}). Stop that one first, "
            "or give this one a HANDRAIL_HOME of its own. For several servers on one database use PostgreSQL."
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _announce_when_up(host: str, port: int, stopped: threading.Event) -> None:
    shown = f"[{host}]" if ":" in host else host
    for _ in range(600):
        if stopped.wait(0.1):
            return
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0:  # noqa: S104
                break
    else:
        return
    say(f"Handrail is at http://{shown}:{port}  Stop it with Ctrl-C.")
    sys.stdout.flush()

"""How `handrail serve` keeps its processes alive: started, watched, started again when they die, stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

CALM_SECONDS = 10.0
LONGEST_PAUSE = 30.0
PATIENCE = 25.0
PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be loaded.
_libc = ctypes.CDLL(None)


class Child:
    """One process that should always run. It leads a group of its own, so that nothing of it is left behind."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = list(command)
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0
        self.due = 0.0

    def start(self) -> None:
        """Start it; it is told to end should this process die without a word."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)

    def look_after(self) -> int | None:
        """Start it again when it died, at growing intervals when it dies at once; the exit code it died with."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self._kill_group()
        lived = now - self.started
        self.pause = 0.0 if lived > CALM_SECONDS else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
        self.due = now + self.pause
        self.process = None
        return code

    def ask_to_stop(self) -> None:
        """Tell it to finish what it does and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end; what is still there at `until` is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._kill_group()

    def _kill_group(self) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def keep_alive(children: Sequence[Child], stopped: threading.Event) -> None:
    """Start the children and keep them running until `stopped` is set; then stop them in order."""
    for child in children:
        child.start()
    while not stopped.wait(0.2):
        for child in children:
            code = child.look_after()
            if code is not None and not stopped.is_set():
                print(f"The {child.name} ended with code {code} and is started again.", file=sys.stderr, flush=True)
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + PATIENCE
    for child in children:
        child.wait(until)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

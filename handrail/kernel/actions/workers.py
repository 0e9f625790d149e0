"""Who works: each worker signs in, shows signs of life, and signs off."""

import os
import socket
from datetime import timedelta

from django.utils import timezone

from handrail.kernel.actions.queue import hand_back
from handrail.kernel.models import Worker

FORGET_AFTER = timedelta(days=1)


def sign_in() -> str:
    """Sign this process in as a worker and give its name; free what dead workers of this machine still hold."""
    host, pid, now = socket.gethostname()[:100], os.getpid(), timezone.now()
    for other in Worker.objects.filter(host=host):
        if other.pid == pid or not _is_alive(other.pid):
            hand_back(other.name)
            other.delete()
    Worker.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()
    name = f"{host[:80]}-{pid}-{int(now.timestamp() * 1000) % 100_000_000}"
    Worker.objects.create(name=name, host=host, pid=pid, started_at=now, seen_at=now)
    return name


def still_here(name: str) -> None:
    """A worker's sign of life."""
    Worker.objects.filter(name=name).update(seen_at=timezone.now())


def sign_off(name: str) -> None:
    """The worker leaves in good order."""
    Worker.objects.filter(name=name).delete()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""How the journal is sealed: what was added since the last checkpoint is checked, signed, and written outside."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from handrail.kernel.canon import START
from handrail.kernel.checkpoints import Checkpoint, append, locked, read_all, sign
from handrail.kernel.errors import NotNow
from handrail.kernel.models import JournalEntry
from handrail.kernel.signing import known_keys, signing_key

BROKEN = (
    "Fact {number} does not follow the last checkpoint, so nothing was signed. "
    "Run “handrail verify” to see what was changed."
)


def keys_folder() -> Path:
    """Where the keys are kept."""
    return Path(settings.HANDRAIL_HOME) / "keys"


def checkpoints_folder() -> Path:
    """Where the checkpoints are kept."""
    return Path(settings.HANDRAIL_HOME) / "checkpoints"


def make_checkpoint() -> Checkpoint | None:
    """Sign how the journal stands; None when nothing was added since the last time.

    Raises NotNow when the facts do not follow what was signed before: a broken record is never sealed as good.
    """
    folder = checkpoints_folder()
    with locked(folder):
        key = signing_key(keys_folder())
        known = known_keys(keys_folder())
        before = next((each for each in reversed(read_all(folder)[0]) if each.is_signed_by(known)), None)
        hashes = _hashes_since(before)
        if not hashes:
            return None
        now = timezone.now()
        lines = list(sign(key, hashes, before, now))
        append(folder, lines, now)
        return lines[-1]


def _hashes_since(before: Checkpoint | None) -> list[str]:
    count, previous = (before.count, before.hash) if before else (0, START)
    if before and not JournalEntry.objects.filter(id=count, hash=previous).exists():
        raise NotNow(BROKEN.format(number=count))
    hashes: list[str] = []
    for entry in JournalEntry.objects.filter(id__gt=count).order_by("id").iterator(chunk_size=2000):
        line = entry.as_line()
        count += 1
        if line.number != count or line.previous != previous or line.digest() != line.hash:
            raise NotNow(BROKEN.format(number=line.number))
        previous = line.hash
        hashes.append(line.hash)
    return hashes

"""How fast do posts go in, and how much memory does it take? The whole import (read, match, score, store, count)
against the csv module and a bare executemany into SQLite, in the same run.

Run `python bench/import_posts.py [FILE.csv]`. Without a file it makes 100,000 rows of its own; the airline file is
measured too where HANDRAIL_SHARED (or ../shared) has it. Aims: airline file ≤ 5 s and ≤ 300 MB.
"""

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 100_000
SAID = (
    "the lift is broken again lovely stay at your hotel breakfast was late thank you so much room cold and noisy staff "
    "kind reception waited an hour never again great view pool closed"
)


def make(path: Path) -> None:
    """A file of our own: ids, moments over three months, short texts."""
    rng = random.Random(7)
    words = SAID.split()
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "date", "text", "lang", "place"])
        for n in range(ROWS):
            day, minute = divmod(n * 7, 1440)
            text = " ".join(rng.choices(words, k=16))
            at = f"2026-{7 + day % 90 // 30:02}-{day % 30 + 1:02}T{minute // 60:02}:{minute % 60:02}:00Z"
            writer.writerow([n, at, f"{text} {n}", "en", "Galway"])


def bare(path: Path, home: Path) -> tuple[int, float]:
    """The baseline: csv rows straight into a table with a unique id, nothing else."""
    began = time.perf_counter()
    database = sqlite3.connect(home / "bare.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    database.execute("CREATE TABLE post (id TEXT PRIMARY KEY, row TEXT)")
    with path.open(newline="", encoding="utf-8") as lines, database:
        reader = csv.reader(lines)
        next(reader)
        database.executemany("INSERT OR IGNORE INTO post VALUES (?, ?)", ((row[0], "\x1f".join(row)) for row in reader))
    count = database.execute("SELECT count(*) FROM post").fetchone()[0]
    database.close()
    return count, time.perf_counter() - began


def measure(path: Path, aim: str) -> None:
    """Measure both ways on one file and print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = {
            **os.environ,
            "HANDRAIL_HOME": name,
            "HANDRAIL_SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "handrail.settings",
        }
        command = [sys.executable, str(Path(__file__).with_name("_import_posts.py")), str(path)]
        told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        count, base = bare(path, home)
    it = json.loads(told.splitlines()[-1])
    print(
        f"{path.name}: {it['new']:,} posts in {it['seconds']:.2f} s ({it['new'] / it['seconds']:,.0f}/s), "
        f"peak {it['megabytes']:.0f} MB · bare csv + executemany {count:,} in {base:.2f} s ({count / base:,.0f}/s) · "
        f"ratio {it['seconds'] / base:.1f}{aim}"
    )


def main() -> None:
    """Measure the files asked for, or our own and the airline file."""
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            measure(Path(name).resolve(), "")
        return
    shared = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    airline = shared / "data" / "airline_dev.csv"
    if airline.exists():
        measure(airline, " (aim ≤ 5 s, ≤ 300 MB)")
    else:
        print("airline_dev.csv is not here, so it is skipped (set HANDRAIL_SHARED)")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "made.csv"
        make(path)
        measure(path, "")


if __name__ == "__main__":
    main()

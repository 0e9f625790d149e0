"""The installed command in processes of its own, a second server, and files of 200 MB."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bad_input.given import ENDING, POSTS, ROWS, assert_sentence, counts_in, frame, run_handrail


def test_a_second_server_on_the_same_sqlite_file_is_refused(home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "HANDRAIL_HOME": str(home), "HANDRAIL_DATABASE_URL": ""}
    first = subprocess.Popen(
        [sys.executable, "-m", "handrail", "serve", "--no-worker", "--port", str(port)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        second = run_handrail(home, "serve", "--no-worker", "--port", str(port + 1))
        assert second.returncode == 2
        assert_sentence(second.stderr.strip(), "Another server already serves", str(first.pid))
        assert first.poll() is None, "the first server goes on"
    finally:
        first.send_signal(signal.SIGTERM)
        first.wait(timeout=30)


def test_the_command_says_in_one_line_what_is_wrong_with_its_words(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(ROWS["people"])
    for words in (
        ("import", "people", str(tmp_path / "gone.csv")),
        ("import", "people", str(path), "--as", "nobody@example.org"),
        ("import", "policy", str(path.with_suffix(".none"))),
    ):
        done = run_handrail(home, *words)
        assert done.returncode == 2
        assert_sentence(done.stderr.strip())
    assert run_handrail(home, "import", "weather", str(path)).returncode == 2


# Memory is measured on the way to what follows: a 200 MB file is read as a stream, in a process that may not hold it.
READ_IT = """
import resource, sys
from handrail.engine.post import Post
from handrail.engine.sources.files import open_posts
with open(sys.argv[1], "rb") as stream:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    good = bad = 0
    for row in open_posts(stream):
        if isinstance(row, Post): good += 1
        else: bad += 1
print(good, bad, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""

SIZE = 200 * 1024 * 1024


def big_file(path: Path, first: bytes, again: bytes, last: bytes = b"") -> Path:
    block = again * (1_000_000 // len(again) + 1)
    with path.open("wb") as out:
        out.write(first)
        while out.tell() < SIZE:
            out.write(block)
        out.write(last)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "first", "again", "last", "good", "bad"),
    [
        ("likes.jsonl", frame("a", "a").encode() + b"\n", b'{"did":"did:plc:a","time_us":1783175888090631,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like","rkey":"k","record":{"pad":"' + b"x" * 800 + b'"}}}\n', frame("b", "b").encode(), 2, 0),
        ("one-line.jsonl", frame("a", "a").encode() + b'\n{"x":"', b"y" * 1000, b'"}\n' + frame("b", "b").encode(), 2, 1),
        ("one-line.csv", POSTS.encode() + b"1,2026-07-01,The lift,en\n2,2026-07-01,", b"y" * 1000, b",en\n3,2026-07-01,Again,en\n", 2, 1),
    ],
    ids=["likes", "one line of JSONL", "one line of CSV"],
)  # fmt: skip
def test_200_megabytes_of_posts_are_read_as_a_stream(tmp_path, name, first, again, last, good, bad) -> None:
    path = big_file(tmp_path / name, first, again, last)
    assert path.stat().st_size >= SIZE
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", READ_IT, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    path.unlink()
    assert done.returncode == 0, done.stderr
    found_good, found_bad, grown = map(int, done.stdout.split())
    assert (found_good, found_bad) == (good, bad)
    assert grown < 60, f"reading grew the process by {grown} MB"
    assert time.perf_counter() - began < 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["people", "goals", "policy"])
def test_200_megabytes_of_anything_else_are_refused_with_their_size(home: Path, tmp_path: Path, kind: str) -> None:
    path = big_file(tmp_path / f"big.{ENDING[kind]}", ROWS[kind].encode(), b"word " * 10 + b"\n")
    before = counts_in(home)
    done = run_handrail(home, "import", kind, str(path))
    path.unlink()
    assert done.returncode == 2
    assert_sentence(done.stderr.strip(), r"200 MB|\d+ MB|more than")
    assert counts_in(home) == before

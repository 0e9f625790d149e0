"""The commands that run, check, save and bring back an installation, called as an operator calls them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))}
    return {**kept, "HANDRAIL_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def handrail(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handrail", *words]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=90, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with empty tables."""
    place = tmp_path_factory.mktemp("running") / "home"
    made = handrail(place, "manage", "migrate", "-v0")
    assert made.returncode == 0, made.stderr
    return place


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(home: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "handrail", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    line = server.stdout.readline()
    assert f"http://127.0.0.1:{port}" in line, line
    return server


def answer(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def pid_of(server: subprocess.Popen[str], words: str) -> int | None:
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(server.pid)], capture_output=True, text=True, check=False
    )
    return next((int(line.split()[0]) for line in found.stdout.splitlines() if words in line), None)


def until(claim, seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)


def test_it_serves_alone_mends_its_processes_and_stops_in_order(home: Path, tmp_path: Path) -> None:
    port = free_port()
    server = served(home, port)
    try:
        assert answer(port) == 200
        second = handrail(home, "serve", "--port", str(free_port()))
        assert (second.returncode, "Another server already serves" in second.stderr) == (2, True)
        worker = pid_of(server, "work --with-parent")
        web = pid_of(server, "granian")
        assert worker
        assert web
        os.kill(worker, signal.SIGKILL)
        os.kill(web, signal.SIGKILL)
        until(lambda: pid_of(server, "work --with-parent") not in (None, worker))
        until(lambda: pid_of(server, "granian") not in (None, web))
        until(lambda: _answers(port))
        server.terminate()
        out, _ = server.communicate(timeout=30)
        assert (server.returncode, out.strip()) == (0, "Stopped.")
        assert not _answers(port)
        again = served(home, port)
        again.send_signal(signal.SIGINT)
        again.communicate(timeout=30)
    finally:
        server.kill()


def _answers(port: int) -> bool:
    try:
        return answer(port) == 200
    except OSError:
        return False


def test_nothing_is_left_when_the_server_is_killed_without_a_word(home: Path) -> None:
    port = free_port()
    server = served(home, port)
    server.kill()
    server.communicate()
    until(lambda: not _answers(port))
    again = served(home, port)
    again.terminate()
    again.communicate(timeout=30)


def test_a_port_in_use_is_answered_with_a_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = handrail(home, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is in use by another program" in done.stderr
    done = handrail(home, "serve", "--host", "no-such-host.invalid")
    assert (done.returncode, "no address of this machine" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", [("serve",), ("work", "--once"), ("backup", "x.tar.gz")])
def test_an_empty_database_says_what_to_do_first(words: tuple[str, ...], tmp_path: Path) -> None:
    done = handrail(tmp_path / "new", *words)
    assert done.returncode == 2
    assert "handrail manage migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_setting_is_answered_with_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "handrail", "doctor"]
    env = {**environment(tmp_path), "HANDRAIL_DATABASE_URL": "mysql://u:hush@h/db"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "HANDRAIL_DATABASE_URL" in done.stderr
    assert "hush" not in done.stderr


def test_a_worker_does_what_is_due_and_ends(home: Path) -> None:
    done = handrail(home, "work", "--once")
    assert done.returncode == 0, done.stderr


def test_the_doctor_finds_nothing_to_mend_and_then_an_open_key(home: Path) -> None:
    done = handrail(home, "doctor", "--json")
    said = json.loads(done.stdout)
    assert said["ok"], [each for each in said["checks"] if each["state"] == "mend"]
    key = home / "keys" / "secret-key"
    key.chmod(0o644)
    try:
        done = handrail(home, "doctor", "--strict")
        assert done.returncode == 1
        assert f"chmod 600 {key}" in done.stdout
    finally:
        key.chmod(0o600)


def test_what_is_saved_while_serving_comes_back_whole(home: Path, tmp_path: Path) -> None:
    server = served(home, free_port())
    try:
        made = handrail(home, "backup", str(tmp_path / "b.tar.gz"), "--json")
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert made.returncode == 0, made.stderr
    back = handrail(tmp_path / "new", "restore", str(tmp_path / "b.tar.gz"), "--json")
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["ok"]
    assert handrail(tmp_path / "new", "verify").returncode == 0
    twice = handrail(tmp_path / "new", "restore", str(tmp_path / "b.tar.gz"))
    assert (twice.returncode, "empty place only" in twice.stderr) == (2, True)

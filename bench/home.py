"""How long Home takes at 100,000 people and a million posts, on SQLite and, where it can be had, PostgreSQL.

Aim: p95 at most 150 ms. The baseline, in the same run, is what Home would add if it counted the posts afresh.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure each database in a process of its own."""
    here = [sys.executable, str(ROOT / "bench" / "_home.py")]
    with tempfile.TemporaryDirectory() as home:
        env = {"DJANGO_SETTINGS_MODULE": "handrail.settings", **os.environ, "HANDRAIL_HOME": home}
        env["HANDRAIL_HOSTS"] = "testserver"
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

"""How long a round for 6,000 people takes to open, and its matrix, remarks and redraft at 300 clauses and 500 remarks.

Aims: open in 5 s (letters are a job), matrix 150 ms, remarks 200 ms, the desk and the reading page 200 ms of server
time at the 95th percentile. The baselines, in the same run, are a matrix that asks the database once for each cell of
one row, and the text with its threads written by one plain template.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure each database in a process of its own."""
    here = [sys.executable, str(ROOT / "bench" / "_vetting.py")]
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

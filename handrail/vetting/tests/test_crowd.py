"""Many at once on one round: nothing is lost, nobody meets an error, and no dead sign-off is counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.slow
@pytest.mark.one_database
def test_fifty_at_once_lose_nothing(tmp_path: Path) -> None:
    env = {**os.environ, "HANDRAIL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "handrail.settings"}
    env["PYTHONPATH"] = os.pathsep.join([str(HERE.parents[2]), env.get("PYTHONPATH", "")])
    url = os.environ.get("HANDRAIL_CROWD_DATABASE_URL", "")
    env.pop("HANDRAIL_DATABASE_URL", None)
    if url:
        env["HANDRAIL_DATABASE_URL"] = url
    ran = subprocess.run(
        [sys.executable, str(HERE / "crowd.py"), "50"],
        env=env,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    assert said["errors"] == []
    done = said["done"]
    assert said["remarks"] == done.get("remark", 0)
    assert said["letters"] == said["held"] == done.get("letter", 0)
    assert said["stands"] == done.get("stand", 0)
    assert said["snapshots"] == done.get("redraft", 0)
    assert said["dispositions"] == done.get("dispose", 0)
    assert (said["double"], said["dead_counted"]) == (0, 0)
    assert said["live_per_signer"] <= 1
    assert said["races"]["wrong"] == 0
    assert said["text_agrees"]
    assert said["journal_whole"]
    assert (said["state"] == "cleared") == ("clear" in done)

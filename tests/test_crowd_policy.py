"""Many at once on a version in vetting: no edit and no remark is lost, and only signed words are published."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.slow
@pytest.mark.one_database
def test_fifty_at_once_on_a_version_lose_nothing_and_publish_nothing_unsigned(tmp_path: Path) -> None:
    env = {**os.environ, "HANDRAIL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "handrail.settings"}
    env["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), env.get("PYTHONPATH", "")])
    env.pop("HANDRAIL_DATABASE_URL", None)
    ran = subprocess.run(
        [sys.executable, str(HERE / "crowd_policy.py"), "50"],
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    assert said["errors"] == []
    done = said["done"]
    assert done["edit"] > 10
    assert done["diverged"] > 0, "nobody wrote over the same words, so this proves nothing"
    assert said["snapshots"] == done["edit"]
    assert said["lost_edits"] == []
    assert said["remarks"] == done["remark"]
    assert (said["dispositions"], said["double"]) == (done.get("dispose", 0), 0)
    assert said["wrong"] == said["races_wrong"] == said["wrong_in_the_end"] == []
    assert sum(said["races"].values()) == 8
    assert said["races"].get("published", 0) > 0, "nothing was published in a race, so this proves nothing"
    assert said["ends"] == "published"
    assert said["journal_whole"]

"""The API is compared with a committed schema, so that a change shows in review.

After a deliberate change: `python tests/test_api_schema.py` writes the new schema.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

SNAPSHOT = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def schema() -> str:
    api = import_module("handrail.api").api
    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def test_the_api_is_as_committed() -> None:
    assert SNAPSHOT.read_text(encoding="utf-8") == schema(), (
        "The API differs from docs/openapi.json. If that is meant, run: python tests/test_api_schema.py"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(SNAPSHOT.parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
    import_module("django").setup()
    SNAPSHOT.write_text(schema(), encoding="utf-8")

"""The ten rules of the house as checks that fail, each with its reason. Works on the source as text; no database."""

import ast
import statistics
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent / "handrail"
ORDER = ["engine", "kernel", "people", "vetting", "strategy", "policy", "listening", "web"]
ROOMS = ["kernel", "people", "vetting", "strategy", "policy", "listening", "web"]
DOORS = {"actions", "reads", "facts", "models"}
# What else may be entered, and why: guard is how people lets anyone in; pure is the Django-free door (decision 0003).
MORE_DOORS = {"people": {"guard", "testing"}, "policy": {"pure"}}
ABOVE_ALL = {"urls", "api", "cli", "__main__", "settings", "wsgi", "env"}
AVOIDED = {"event", "signal", "content", "object", "item", "data", "info", "utils", "helpers", "handler", "service"}
WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete"}


def product_files() -> list[Path]:
    """Every Python file of the product: no tests, no migrations."""
    return [
        p for p in sorted(ROOT.rglob("*.py")) if not {"tests", "testing.py", "migrations", "__pycache__"} & set(p.parts)
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Each imported dotted name of ours, with its line: `from handrail.people import reads` gives handrail.people.reads."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names if name.name.startswith("handrail"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("handrail"):
            parts = (node.module or "").split(".")
            if len(parts) == 2 and parts[1] in [*ROOMS, "engine"]:
                yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)
            else:
                yield node.lineno, node.module or ""


def entered_by_a_private_door(path: Path) -> list[str]:
    """Imports of another room that don't go through its doors."""
    wrong = []
    here = room_of(path)
    for line, name in imports(path):
        parts = name.split(".")
        if len(parts) < 3 or here in ABOVE_ALL or parts[1] in {here, "kernel", "engine", *ABOVE_ALL}:
            continue
        if parts[1] in ROOMS and parts[2] not in DOORS | MORE_DOORS.get(parts[1], set()):
            wrong.append(f"{path.relative_to(ROOT)}:{line} enters {name}")
    return wrong


def writes(path: Path) -> list[str]:
    """Calls that write rows."""
    found = []
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        chain = ast.unparse(node.func.value)
        verb = node.func.attr
        asked_of_rows = ".objects" in chain or ".filter(" in chain or ".exclude(" in chain
        if (
            verb in WRITES - {"save", "delete"} and (asked_of_rows or verb.startswith(("bulk_", "get_or", "update_or")))
        ) or (verb in {"update", "delete"} and asked_of_rows):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {chain}.{verb}()")
        elif verb == "save" and not chain.startswith(("super()", "form", "font")):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {chain}.save()")
    return found


def is_actions(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return len(parts) > 1 and (parts[1] == "actions.py" or parts[1] == "actions")


def test_a_room_is_entered_only_by_its_doors() -> None:
    wrong = [each for path in product_files() for each in entered_by_a_private_door(path)]
    assert not wrong, "Enter a room by actions, reads, facts, models; the rest is private (rule 5):\n" + "\n".join(
        wrong
    )


def test_only_actions_write_rows() -> None:
    wrong = [
        each
        for path in product_files()
        if not is_actions(path) and room_of(path) not in {"cli"}
        for each in writes(path)
    ]
    assert not wrong, "Only actions.py writes rows, so that page, API and command agree (rule 3):\n" + "\n".join(wrong)


def test_a_room_writes_only_its_own_rows() -> None:
    wrong = []
    for path in filter(is_actions, product_files()):
        here = room_of(path)
        foreign = set()
        for node in ast.walk(tree(path)):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if isinstance(node, ast.ImportFrom) and module.startswith("handrail.") and module.endswith(".models"):
                owner = (node.module or "").split(".")[1]
                if owner != here:
                    foreign |= {name.asname or name.name for name in node.names}
        wrong += [each for each in writes(path) if each.split(" ", 1)[1].split(".")[0] in foreign]
    assert not wrong, "A room writes only its own rows; call the lower room's action instead (rule 3):\n" + "\n".join(
        wrong
    )


def test_foreign_keys_follow_the_arrow() -> None:
    wrong = []
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if target is None or field.auto_created or isinstance(target, str):
                    continue
                other = target._meta.app_label
                if other in ORDER and ORDER.index(other) > ORDER.index(room):
                    wrong.append(f"{room}.{model.__name__}.{field.name} points up to {other}")
                if {room, other} == {"policy", "listening"}:
                    wrong.append(f"{room}.{model.__name__}.{field.name}: policy and listening do not know each other")
    assert not wrong, "Foreign keys obey the same arrow as imports (house 4.4):\n" + "\n".join(wrong)


def test_files_keep_their_budget() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in product_files()}
    long = [f"{path.relative_to(ROOT)}: {length}" for path, length in lengths.items() if length > 600]
    assert not long, "No file over 600 lines; make it a folder by topic (house 4.2):\n" + "\n".join(long)
    ordered = sorted(lengths.values())
    assert statistics.median(ordered) <= 110, "Half of the files stay under about 100 lines (house 4.8)"
    assert ordered[int(len(ordered) * 0.95) - 1] <= 400, "95 in 100 files stay under 400 lines (house 4.8)"


def test_functions_keep_their_budget() -> None:
    lengths = []
    for path in product_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(
                    (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
                )
    lengths.sort()
    limit = lengths[int(len(lengths) * 0.95) - 1]
    assert limit[0] <= 40, f"95 in 100 functions stay under 40 lines (house 4.8); at that mark stands {limit}"
    assert lengths[-1][0] <= 90, f"No function over 90 lines: {lengths[-1]}"


@pytest.mark.parametrize("room", [*ROOMS, "engine"])
def test_every_room_says_which_question_it_answers(room: str) -> None:
    readme = ROOT / room / "README.md"
    assert readme.exists(), f"{room} has no README: 10 to 20 lines on its question, words, calls and facts (house 4.2)"
    lines = [line for line in readme.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert 4 <= len(lines) <= 40, f"{room}/README.md should be 10 to 20 lines"


def test_names_avoid_the_words_that_mean_nothing() -> None:
    wrong = []
    for path in product_files():
        if set(path.stem.split("_")) & AVOIDED:
            wrong.append(f"{path.relative_to(ROOT)} is named after a word to avoid")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                parts = {part.lower() for part in _parts(node.name)}
                if parts & AVOIDED and not node.name.startswith("_") and not _django_demands(node.name):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not wrong, "Every word means one thing (house 4.7):\n" + "\n".join(wrong)


def _parts(name: str) -> list[str]:
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    return spaced.replace("_", " ").split()


def _django_demands(name: str) -> bool:
    return name.startswith(("get_", "clean_", "handle_")) or name == "ContentPolicyMiddleware"


def test_no_import_hides_inside_a_function() -> None:
    wrong = []
    for path in product_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or path.name == "apps.py":
                continue
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    wrong.append(f"{path.relative_to(ROOT)}:{inner.lineno}")
    assert not wrong, "No import inside a function; if you need one, the arrow is wrong (rule 7):\n" + "\n".join(wrong)


def test_migrations_import_nothing_of_the_rooms() -> None:
    wrong = []
    for path in ROOT.rglob("migrations/0*.py"):
        source = path.read_text(encoding="utf-8")
        if "auto_" in path.name:
            wrong.append(f"{path.relative_to(ROOT)} is not named by hand")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("handrail."):
                wrong.append(f"{path.relative_to(ROOT)} imports {node.module}")
            if isinstance(node, ast.Import) and any(name.name.startswith("handrail.") for name in node.names):
                wrong.append(f"{path.relative_to(ROOT)} imports handrail")
    assert not wrong, "A migration stands on its own: apps.get_model, no room imports (house 4.8):\n" + "\n".join(wrong)


def test_the_base_install_stays_small() -> None:
    declared = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert len(declared) <= 15, "At most 15 runtime dependencies in the base install; heavier things are extras"

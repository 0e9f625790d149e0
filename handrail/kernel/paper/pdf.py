"""A paper as PDF: set by typst in the house's typefaces, tagged for those who listen, the same bytes each time."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import category, name

from handrail.kernel.errors import NotNow
from handrail.kernel.paper.blocks import Paper
from handrail.kernel.paper.packing import packed

typst: Any = import_module("typst") if find_spec("typst") else None

MISSING = (
    "This server can't make PDF yet. Ask who runs it to install handrail[documents]; the web page and Markdown work."
)
_TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
_FACES = ("fontpkg_source_serif_4", "fontpkg_source_sans_3", "fontpkg_ibm_plex_mono")
_UNSHOWN = re.compile(r"the text [`“\"]+(.*?)[`”\"]+ could not be displayed", re.S)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 4
_SYMBOLS = ("S", "M", "C")


def can_pdf() -> bool:
    """Whether this installation can make PDF."""
    return typst is not None


def to_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA. Raises NotNow with a plain sentence where the extra for documents isn't installed."""
    values, standards = _settled(paper)
    return bytes(_compiled(values, _seconds(paper), pdf_standards=standards))


def to_pictures(paper: Paper, ppi: float = 72.0) -> list[bytes]:
    """Each page as PNG, as the PDF shows it."""
    made = _compiled(_settled(paper)[0], _seconds(paper), format="png", ppi=ppi)
    return list(made) if isinstance(made, list) else [made]


def _seconds(paper: Paper) -> int:
    return int(paper.at.timestamp()) if paper.at else 0


def _settled(paper: Paper) -> tuple[dict[str, Any], list[str]]:
    """What goes to the printer. Letters that no typeface here can show are said in words; all else stays."""
    if typst is None:
        raise NotNow(MISSING)
    values = packed(paper)
    for _ in range(_TRIES):
        try:
            _compiled(values, 0, pdf_standards=["ua-1"])
        except typst.TypstError as error:
            unshown = set("".join(_unshown(error)))
            if not unshown:
                return values, []
            values = _said(values, unshown)
        else:
            return values, ["ua-1"]
    return values, []


def _compiled(values: dict[str, Any], at: int, **wanted: Any) -> Any:
    wanted = {
        "format": "pdf",
        "timestamp": at,
        "sys_inputs": {"paper": json.dumps(values, ensure_ascii=False)},
    } | wanted
    return typst.compile(_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts(), **wanted)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our own typefaces first; those of the machine only for letters ours lack."""
    folders = []
    for package in _FACES:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            folders.append(str(Path(spec.origin).parent / "files"))
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=folders)


def _unshown(error: Any) -> Iterator[str]:
    for found in _UNSHOWN.finditer(f"{error.message}\n{error.diagnostic}"):
        yield _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1])


def _said(value: Any, unshown: set[str]) -> Any:
    """The same values with unshown letters in words: a symbol by its name, letters of a script as one mark."""
    if isinstance(value, str):
        return _in_words(value, unshown) if not unshown.isdisjoint(value) else value
    if isinstance(value, list):
        return [_said(each, unshown) for each in value]
    if isinstance(value, dict):
        return {key: _said(each, unshown) for key, each in value.items()}
    return value


def _in_words(text: str, unshown: set[str]) -> str:
    pieces: list[str] = []
    for letter in text:
        if letter not in unshown:
            pieces.append(letter)
        elif category(letter)[0] in _SYMBOLS:
            said = name(letter, "").lower()
            pieces.append(f"[{said}]" if said and category(letter)[0] == "S" else "")
        elif not pieces or pieces[-1] != "[…]":
            pieces.append("[…]")
    return "".join(pieces)

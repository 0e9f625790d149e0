"""Accepts or rejects every tracked change of a Word file the way Word does, and says what is left, line by line."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Line = tuple[str, str]


def lines_left(raw: bytes, *, accepted: bool) -> list[Line]:
    """Style (with list depth) and words of each paragraph and table row that is left."""
    with ZipFile(BytesIO(raw)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    gone, kept = ("del", "ins") if accepted else ("ins", "del")
    return list(_lines(body, gone, kept))


def _lines(parent, gone, kept):
    carried = ""
    for child in parent:
        if child.tag == f"{W}p":
            words = carried + _words(child, gone)
            carried = ""
            mark = child.find(f"{W}pPr/{W}rPr/{W}{gone}")
            if mark is not None:
                carried = words
                continue
            if words.strip():
                yield _style(child), " ".join(words.split())
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                if row.find(f"{W}trPr/{W}{gone}") is not None:
                    continue
                cells = [
                    " ".join("".join(_words(p, gone) for p in cell.iter(f"{W}p")).split())
                    for cell in row.findall(f"{W}tc")
                ]
                if any(cells):
                    yield "row", " | ".join(cells)
        elif child.tag == f"{W}sdt":
            continue
    assert not carried.strip(), carried


def _words(element, gone):
    said = ""
    for child in element:
        if child.tag == f"{W}{gone}":
            continue
        if child.tag in (f"{W}t", f"{W}delText"):
            said += child.text or ""
        elif child.tag in (f"{W}tab", f"{W}br"):
            said += " "
        elif child.tag not in (f"{W}pPr", f"{W}rPr"):
            said += _words(child, gone)
    return said


def _style(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    depth = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    said = style.get(f"{W}val") if style is not None else ""
    return f"{said}{depth.get(f'{W}val') if depth is not None else ''}"

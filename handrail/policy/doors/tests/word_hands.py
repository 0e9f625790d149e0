"""What people do to a Word file in Word, done to its XML: tracked and plain changes, comments, moves."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_part(raw: bytes, changed: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def body_of(raw: bytes) -> str:
    with ZipFile(BytesIO(raw)) as archive:
        return archive.read("word/document.xml").decode()


def with_body(raw: bytes, xml: str) -> bytes:
    return with_part(raw, {"word/document.xml": xml.encode()})


def replaced(raw: bytes, old: str, new: str) -> bytes:
    """Without tracking."""
    xml = body_of(raw)
    assert xml.count(old) >= 1, old
    return with_body(raw, xml.replace(old, new, 1))


def text_begins(xml: str) -> int:
    """Behind the title page and the contents."""
    annex = xml.find("handrail-annex")
    return xml.rfind("</w:sdt>", 0, annex if annex > 0 else len(xml))


def tracked(raw: bytes, old: str, new: str, who: str, day: str = "2026-05-04") -> bytes:
    """Some words of one run replaced, with tracking."""
    xml = body_of(raw)
    found = next(
        run
        for run in re.finditer(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*)</w:t></w:r>", xml)
        if old in run[2] and run.start() > text_begins(xml)
    )
    look, text = found[1] or "", found[2]
    before, after = text.split(old, 1)
    stamp = f'w:author="{who}" w:date="{day}T09:00:00Z"'

    def run(words: str, tag: str = "t") -> str:
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>' if words else ""

    change = f'<w:del w:id="9001" {stamp}>{run(old, "delText")}</w:del>' + (
        f'<w:ins w:id="9002" {stamp}>{run(new)}</w:ins>' if new else ""
    )
    return with_body(raw, xml[: found.start()] + run(before) + change + run(after) + xml[found.end() :])


def paragraph_with(xml: str, words: str) -> tuple[int, int]:
    at = xml.index(words, text_begins(xml))
    return max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at)), xml.index("</w:p>", at) + len("</w:p>")


def without_paragraph(raw: bytes, words: str) -> bytes:
    xml = body_of(raw)
    start, end = paragraph_with(xml, words)
    return with_body(raw, xml[:start] + xml[end:])


def paragraph_moved(raw: bytes, words: str, behind: str) -> bytes:
    xml = body_of(raw)
    start, end = paragraph_with(xml, words)
    cut, xml = xml[start:end], xml[:start] + xml[end:]
    _, place = paragraph_with(xml, behind)
    return with_body(raw, xml[:place] + cut + xml[place:])


def paragraph_added(raw: bytes, words: str, behind: str, who: str) -> bytes:
    xml = body_of(raw)
    _, place = paragraph_with(xml, behind)
    stamp = f'w:author="{who}" w:date="2026-05-05T09:00:00Z"'
    new = (
        f'<w:p><w:pPr><w:rPr><w:ins w:id="91" {stamp}/></w:rPr></w:pPr>'
        f'<w:ins w:id="92" {stamp}><w:r><w:t>{words}</w:t></w:r></w:ins></w:p>'
    )
    return with_body(raw, xml[:place] + new + xml[place:])


def paragraph_struck(raw: bytes, words: str, who: str) -> bytes:
    """A whole paragraph deleted with tracking, its end too."""
    xml = body_of(raw)
    start, end = paragraph_with(xml, words)
    stamp = f'w:author="{who}" w:date="2026-05-06T09:00:00Z"'
    inner = xml[start:end]
    run = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*)</w:t></w:r>")
    change = rf'<w:del w:id="93" {stamp}><w:r>\1<w:delText xml:space="preserve">\2</w:delText></w:r></w:del>'
    inner = run.sub(lambda found: change.replace("\\1", found[1] or "").replace("\\2", found[2]), inner)
    mark = f'<w:rPr><w:del w:id="94" {stamp}/></w:rPr>'
    inner = (
        inner.replace("</w:pPr>", f"{mark}</w:pPr>", 1)
        if "</w:pPr>" in inner
        else inner.replace("<w:p>", f"<w:p><w:pPr>{mark}</w:pPr>", 1)
    )
    return with_body(raw, xml[:start] + inner + xml[end:])


def commented(raw: bytes, words: str, body: str, who: str) -> bytes:
    xml = body_of(raw)
    found = next(
        run
        for run in re.finditer(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*)</w:t></w:r>", xml)
        if words in run[2] and run.start() > text_begins(xml)
    )
    before, after = found[2].split(words, 1)
    look = found[1] or ""

    def run(text: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""

    marked = (
        f'{run(before)}<w:commentRangeStart w:id="7"/>{run(words)}<w:commentRangeEnd w:id="7"/>'
        f'<w:r><w:commentReference w:id="7"/></w:r>{run(after)}'
    )
    comments = (
        f'{HEAD}<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="{who}" w:date="2026-05-07T10:00:00Z">'
        f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return with_part(
        raw,
        {
            "word/document.xml": (xml[: found.start()] + marked + xml[found.end() :]).encode(),
            "word/comments.xml": comments.encode(),
        },
    )

"""The parts of a Word file around its text: styles, numbering, settings, properties, and the zip that holds them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handrail.kernel.paper.safe import holdable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = Path(__file__).parent / "templates" / "word" / "styles.xml"
_HEADING_SIZES = (34, 27, 24, 22, 22, 22)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_BULLETS = ("•", "–", "▪")
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def said(text: str) -> str:
    """The text as it may stand in XML, between tags or in an attribute."""
    return escape(holdable(text), {'"': "&quot;"})


def moment(at: datetime | None) -> str:
    """A moment as Word writes it."""
    at = at or _LONG_AGO
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at.tzinfo else at.strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=32)
def styles(language: str, cover: bool) -> str:
    """The styles: real headings with levels, lists, tables, quotations, in the language of the text."""
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
        f'<w:spacing w:before="{420 - 60 * level}" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr>'
        f'<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:b/><w:bCs/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in enumerate(_HEADING_SIZES, 1)
    )
    template = _STYLES.read_text("utf-8")
    before = "2800" if cover else "0"
    return template.replace("{lang}", said(language)).replace("{headings}", headings).replace("{title_before}", before)


def numbering(starts: Iterable[tuple[int, int]]) -> str:
    """Bullets as list 1; then one list for each counted list, by depth and first number."""
    levels = "".join(_level(depth, "bullet", _BULLETS[depth % 3]) for depth in range(9))
    counted = "".join(
        _level(depth, ("decimal", "lowerLetter", "lowerRoman")[depth % 3], f"%{depth + 1}.") for depth in range(9)
    )
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="{depth}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for at, (depth, start) in enumerate(starts, 2)
    )
    return (
        f'{HEAD}<w:numbering xmlns:w="{W}">'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>{counted}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>{lists}</w:numbering>'
    )


def _level(depth: int, look: str, text: str) -> str:
    left = 357 * (depth + 1)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="357"/></w:pPr></w:lvl>'
    )


def settings(language: str) -> str:
    """Settings: the newest layout rules, hyphenation off, the language of the text."""
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{said(language)}"/></w:settings>'
    )


def core(title: str, author: str, subject: str, language: str, at: datetime | None) -> str:
    """Who wrote it and when, as every office program shows it."""
    when = moment(at)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{said(title)}</dc:title><dc:subject>{said(subject)}</dc:subject>"
        f"<dc:creator>{said(author)}</dc:creator><dc:language>{said(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )


def custom(stamps: Iterable[tuple[str, str]]) -> str:
    """Properties of our own, which Word keeps and shows nowhere in the text."""
    rows = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{at}" name="{said(name)}">'
        f"<vt:lpwstr>{said(value)}</vt:lpwstr></property>"
        for at, (name, value) in enumerate(stamps, 2)
    )
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )


def relations(links: Iterable[str]) -> str:
    """What the text points at: its own parts, and the addresses of its links (rId100 and on)."""
    own = ("styles", "numbering", "settings", "header", "footer")
    carried = f'<Relationship Id="rId90" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    rows = [f'<Relationship Id="rId{at}" Type="{R}/{name}" Target="{name}.xml"/>' for at, name in enumerate(own, 1)]
    rows += [
        f'<Relationship Id="rId{at}" Type="{R}/hyperlink" Target="{said(address)}" TargetMode="External"/>'
        for at, address in enumerate(links, 100)
    ]
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}{carried}</Relationships>'


def carried_text(text: str) -> str:
    """A text that travels with the file in a part of its own, which Word keeps."""
    return f'{HEAD}<text xmlns="urn:handrail:carried" xml:space="preserve">{said(text)}</text>'


def _package() -> Mapping[str, str]:
    kinds = {
        "word/document.xml": f"{_OFFICE}.document.main+xml",
        "word/styles.xml": f"{_OFFICE}.styles+xml",
        "word/numbering.xml": f"{_OFFICE}.numbering+xml",
        "word/settings.xml": f"{_OFFICE}.settings+xml",
        "word/header.xml": f"{_OFFICE}.header+xml",
        "word/footer.xml": f"{_OFFICE}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    roots = (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{R}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    return {"[Content_Types].xml": types, "_rels/.rels": roots}


def zipped(parts: Mapping[str, str]) -> bytes:
    """The Word file: the same parts give the same bytes, since no clock is asked."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in (_package() | dict(parts)).items():  # type: ignore[operator]
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return packed.getvalue()

"""Random policies and random edits of them, for property tests of the doors."""

from hypothesis import strategies as st

from handrail.policy.pure import Document, read_markdown, write_markdown

WORDS = st.sampled_from(
    "people may must not never say ask guests photo before you post 48 hours manager legal (see) it’s a–b 👍🏽 שלום été "
    "C++ co-host @hotel #ad <b> *star* _under_ [x] | & \\ ` 3.5% e.g. “quoted” don't".split()
)
PHRASES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
SORTS = st.sampled_from(["paragraph", "item", "deep", "counted", "quotation", "heading2", "heading3", "table", "code"])


def escaped(text: str) -> str:
    for sign in "\\`*_[]<>&|#":
        text = text.replace(sign, "\\" + sign)
    return text


@st.composite
def policies(draw: st.DrawFn) -> str:
    """Markdown of a small policy with ids written in."""
    lines = ["# Policy", ""]
    for sort, phrase in draw(st.lists(st.tuples(SORTS, PHRASES), min_size=1, max_size=14)):
        lines += _lines(sort, phrase, draw)
    return with_ids("\n".join(lines) + "\n\nThe last word.\n")


def _lines(sort: str, phrase: str, draw: st.DrawFn) -> list[str]:
    said = escaped(phrase)
    match sort:
        case "item":
            return ["", f"- {said}", "- and **bold** so"]
        case "deep":
            return ["", "- over:", f"  - {said}"]
        case "counted":
            return ["", f"1. {said}", "2. next"]
        case "quotation":
            return ["", f"> {said}"]
        case "heading2" | "heading3":
            return ["", f"{'#' * int(sort[-1])} Part {said}"]
        case "table":
            return [
                "",
                "| Who | What |",
                "| --- | --- |",
                f"| team | {said} |",
                "| all | [a link](https://example.org/x) |",
            ]
        case "code":
            return ["", "```", phrase.replace("`", ""), "  run", "```"]
        case _:
            return ["", f"Say {said}."]


def with_ids(markdown: str) -> str:
    return write_markdown(read_markdown(markdown))


@st.composite
def edited(draw: st.DrawFn, markdown: str) -> str:
    """The policy after up to six edits of its lines: words changed, lines dropped, doubled without id, moved."""
    lines = markdown.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(lines) - 1, 0)))
        match draw(st.sampled_from(["drop", "words", "move", "add", "heading"])):
            case "drop":
                del lines[at]
            case "words":
                lines[at] = lines[at].replace("Say", "Never say").replace("so", draw(PHRASES).replace("|", "/"))
            case "move":
                line = lines.pop(at)
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "add":
                lines[at:at] = ["", f"Added {escaped(draw(PHRASES))}.", ""]
            case "heading":
                lines[at:at] = ["", f"## New {escaped(draw(PHRASES))}", ""]
        lines = lines or [""]
    return with_ids("\n".join(lines) + "\n\nEnd.\n")


def said(document: Document) -> list[str]:
    """Clauses and headings as words, in order of each kind."""
    return [clause.text for clause in document.clauses] + [heading.text for heading in document.headings]

"""Reads plain text as people type it: bullets, numbers, underlined and shouted headings."""

import re

from handrail.policy.text.to_markdown import escape

_BULLET = re.compile(r"^(\s*)([-*+•◦▪●○‣·–])\s+(.*)$")
_NUMBER = re.compile(r"^(\s*)(\d{1,9}|[a-zA-Z])([.)])\s+(.*)$")
_HASHES = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")


def markdown_of_text(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Markdown with the same visible words, and for each of its lines the line of the text."""
    source = text.expandtabs(4).split("\n")
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    for index, line in enumerate(source):
        after = source[index + 1] if index + 1 < len(source) else ""
        before = source[index - 1] if index else ""
        for written in _line(line, before, after):
            lines.append(written)
            spans.append((index + 1, index + 1))
    return "\n".join(lines), spans


def _line(line: str, before: str, after: str) -> list[str]:
    if not line.strip():
        return [""]
    if _UNDERLINE.match(line) and before.strip() and not _BULLET.match(before):
        return [""]
    under = _UNDERLINE.match(after)
    if hashes := _HASHES.match(line):
        return ["", f"{hashes[1]} {escape(hashes[2])}", ""] if hashes[2] else [escape(line.strip())]
    if bullet := _BULLET.match(line):
        return [f"{_indent(bullet[1])}- {escape(bullet[3])}"] if bullet[3] else [f"{_indent(bullet[1])}-"]
    if number := _NUMBER.match(line):
        # Letters are no list marker in Markdown: “a)” stays a visible word of an item.
        if number[2].isdigit():
            return [f"{_indent(number[1])}{number[2]}{number[3]} {escape(number[4])}"]
        return [f"{_indent(number[1])}- {escape(line.strip())}"]
    if under:
        return ["", f"{'#' if under[1][0] == '=' else '##'} {escape(line.strip())}", ""]
    if _shouted(line) and not before.strip() and not after.strip():
        return ["", f"## {escape(line.strip())}", ""]
    return [_indent(line[: len(line) - len(line.lstrip())], prose=True) + escape(line.strip())]


def _indent(blank: str, *, prose: bool = False) -> str:
    """Deep indentation would make a listing of prose; two blanks a level keep lists nested."""
    return "" if prose else "  " * min(len(blank) // 2, 8)


def _shouted(line: str) -> bool:
    letters = [each for each in line if each.isalpha()]
    return 3 <= len(letters) <= 80 and all(each.isupper() for each in letters)

"""Reads the lines between two fences at the top of a Markdown file: title, owner, version and the like."""

import re

_KEY = re.compile(r"^([A-Za-z][\w .-]{0,80}?)\s*:(?:\s+(.*)|)$")
_MOST_LINES = 400


def split(text: str) -> tuple[dict[str, str], int]:
    """The values of the front matter and how many lines it takes; nothing and 0 when there is none."""
    lines = text.split("\n", _MOST_LINES)
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return {}, 0
    ends = ("---", "...") if fence == "---" else ("+++",)
    for index, line in enumerate(lines[1:_MOST_LINES], 1):
        if line.rstrip() in ends:
            body = lines[1:index]
            values = _values(body, "=" if fence == "+++" else ":")
            return (values, index + 1) if values or not any(each.strip() for each in body) else ({}, 0)
    return {}, 0


def _values(lines: list[str], sign: str) -> dict[str, str]:
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        candidate = line.replace("=", ":", 1).replace(" :", ":", 1) if sign == "=" else line
        found = _KEY.match(candidate)
        if found and not line[0].isspace():
            key = found[1].strip()
            values[key] = _unquoted(found[2] or "")
        elif key:
            more = _unquoted(line.strip().removeprefix("- "))
            values[key] = (
                f"{values[key]}, {more}".removeprefix(", ")
                if not values[key].endswith(",")
                else f"{values[key]} {more}"
            )
        else:
            return {}
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value

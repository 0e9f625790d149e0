"""The rule behind each answer, as the room that gives it wrote it down beside the code that applies it."""

import inspect
import re

from handrail.kernel.evidence import provider
from handrail.web.questions import question


def rule_of(number: int) -> list[str]:
    """The rule in paragraphs: the docstring of the module that answers, after its first line."""
    evidence = provider(number)
    if evidence is None:
        return [f"No rule yet: Handrail keeps no record of {question(number).lacking} in this version."]
    module = inspect.getmodule(evidence)
    text = inspect.getdoc(module) or ""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")[1:]] or [" ".join(text.split())]
    return _only(number, paragraphs)


def _only(number: int, paragraphs: list[str]) -> list[str]:
    """Where one module answers several questions, the part that begins “Question 2.” and so on."""
    parts = re.split(r"\bQuestion (\d)\.\s*", " ".join(paragraphs))
    own = [words.strip() for mark, words in zip(parts[1::2], parts[2::2], strict=True) if mark == str(number)]
    return own or [re.sub(r"^Rule\.\s*", "", part) for part in paragraphs]

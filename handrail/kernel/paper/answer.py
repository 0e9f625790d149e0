"""How a paper leaves over the web: as the file its address ends in."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from handrail.kernel.paper.blocks import Paper
from handrail.kernel.paper.html import to_html
from handrail.kernel.paper.markdown import to_markdown
from handrail.kernel.paper.pdf import to_pdf
from handrail.kernel.paper.word import to_docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACES: dict[str, tuple[Callable[[Paper], str | bytes], str]] = {
    "md": (to_markdown, "text/markdown; charset=utf-8"),
    "html": (to_html, "text/html; charset=utf-8"),
    "docx": (to_docx, WORD),
    "pdf": (to_pdf, "application/pdf"),
}


def paper_answer(paper: Paper, ending: str, filename: str) -> HttpResponse:
    """The paper as a download named `filename`.`ending`; 404 for an ending we don't write."""
    if ending not in FACES:
        raise Http404
    write, kind = FACES[ending]
    return file_answer(write(paper), kind, f"{filename}.{ending}")


def file_answer(written: str | bytes, kind: str, filename: str) -> HttpResponse:
    """A file to keep; a browser neither guesses at it nor runs it."""
    response = HttpResponse(written, content_type=kind)
    safe = "".join(letter for letter in filename if letter.isalnum() or letter in "-_. ")
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

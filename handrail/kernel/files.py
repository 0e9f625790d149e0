"""How tables leave Handrail as CSV: named, downloaded, and harmless in a spreadsheet."""

from django.http import HttpResponse

# A spreadsheet runs a cell that begins like this as a formula (OWASP, CSV injection).
# So does one with their full-width signs where Japanese or Chinese is set, and after a line feed.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return "'" + value if value.startswith(RISKY) else value


def csv_answer(name: str) -> HttpResponse:
    """An empty download that csv.writer can write to; starts with a BOM so that Excel reads the accents."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    return response

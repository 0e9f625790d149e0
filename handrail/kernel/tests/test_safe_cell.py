"""No cell of a table that leaves Handrail is run by a spreadsheet."""

import pytest

from handrail.kernel.files import safe_cell


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
def test_a_cell_that_a_spreadsheet_would_run_is_defused(sign: str) -> None:
    assert safe_cell(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)"


@pytest.mark.parametrize("said", ["", "SUM(A1)", "a=1", "２０", "’= said", " Ask first."])
def test_other_cells_stay_as_they_are(said: str) -> None:
    assert safe_cell(said) == said

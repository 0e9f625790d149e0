"""Pictures made of SVG, drawn on the server: shapes with words, evidence figures, charts. Colours come from classes."""

from handrail.kernel.pictures.charts import Band, Column, ScalePart, Series, bar_to_scale, sparkline, stacked_columns
from handrail.kernel.pictures.figures import evidence_figure, meter
from handrail.kernel.pictures.shapes import STATE_WORDS, icon, state, state_class, state_shape

__all__ = [
    "STATE_WORDS",
    "Band",
    "Column",
    "ScalePart",
    "Series",
    "bar_to_scale",
    "evidence_figure",
    "icon",
    "meter",
    "sparkline",
    "stacked_columns",
    "state",
    "state_class",
    "state_shape",
]

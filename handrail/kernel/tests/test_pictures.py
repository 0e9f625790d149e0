"""Pictures are well-formed, escape what they are given, and draw what the numbers say."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.evidence import Figure, Said
from handrail.kernel.pictures import (
    Band,
    Column,
    ScalePart,
    Series,
    bar_to_scale,
    evidence_figure,
    meter,
    sparkline,
    stacked_columns,
    state,
)
from handrail.kernel.pictures.scale import steps
from handrail.kernel.templatetags import handrail as tags

HOSTILE = '"><script>alert(1)</script>&'
amounts = st.integers(0, 10_000)


def drawn(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<p>{picture}</p>")


def test_a_state_is_shape_word_and_colour() -> None:
    shown = drawn(state("answered"))
    assert shown[0].attrib["class"] == "st s-ans"
    assert shown[0].find("svg") is not None
    assert "".join(shown.itertext()) == "Answered"


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(KeyError, match="is not a state"):
        state("splendid")


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_a_figure_has_one_mark_per_thing_up_to_forty(filled: int, total: int) -> None:
    filled = min(filled, total)
    shown = drawn(evidence_figure(Figure(filled, total, HOSTILE)))
    rects = shown.findall(".//rect")
    if 0 < total <= 40:
        assert len(rects) == total
        assert sum(rect.attrib["class"] == "f-ink2" for rect in rects) == filled
        for rect in rects:
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= 132
            assert -0.5 <= float(rect.attrib["y"]) <= 30
    assert HOSTILE in "".join(shown.itertext())


@given(st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=200))
@settings(deadline=None)
def test_columns_stand_on_the_base_line_and_stay_inside(rows) -> None:
    columns = [Column(parts, HOSTILE, str(n), href="/x" if n % 2 else "") for n, parts in enumerate(rows)]
    shown = drawn(stacked_columns(columns, HOSTILE, bands=[Band(0, 0, "A", HOSTILE)]))
    bars = [each for each in shown.iter("rect") if each.attrib["class"] != "hit"]
    assert len(bars) == sum(amount > 0 for parts in rows for amount in parts)
    for bar in bars:
        assert 0 <= float(bar.attrib["y"]) <= 218.6
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= 760.5


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=60), st.one_of(st.none(), st.floats(-1e6, 1e6)))
@settings(deadline=None)
def test_a_line_can_be_drawn_from_anything_with_holes(values, target) -> None:
    picture = sparkline(Series(values, HOSTILE, target))
    shown = drawn(picture)
    assert (shown.find("svg") is None) == (not any(value is not None for value in values))
    assert "nan" not in picture


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=5))
@settings(deadline=None)
def test_a_bar_to_scale_never_leaves_its_frame(values) -> None:
    shown = drawn(bar_to_scale([ScalePart(value, f"{value} things") for value in values], "To scale"))
    for rect in shown.iter("rect"):
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= 900.5


def test_a_meter_says_its_count_and_never_overflows() -> None:
    shown = drawn(meter(900, 100, "900 of 100"))
    assert shown[0].attrib["aria-label"] == "900 of 100"
    assert shown.find(".//rect").attrib["width"] == "100.00"


@given(st.floats(0.001, 1e9))
@settings(deadline=None)
def test_gridlines_are_few_and_reach_the_highest(highest: float) -> None:
    lines = steps(highest)
    assert lines[0] == 0
    assert lines[-1] >= highest * 0.999
    assert 2 <= len(lines) <= 7


def test_no_picture_carries_a_style_attribute() -> None:
    pictures = state("harm") + evidence_figure(Figure(3, 5, "x")) + meter(1, 2, "x")
    assert not re.search(r"\sstyle=", pictures)


def test_a_sentence_links_its_numbers_and_escapes_the_rest() -> None:
    words = tags.said((Said("3 goals", "/goals/"), Said(" <b>are</b> here")))
    assert words == '<a class="n" href="/goals/">3 goals</a> &lt;b&gt;are&lt;/b&gt; here'


def test_days_are_said_as_people_say_them() -> None:
    today = timezone.localdate()
    assert tags.day(today - timedelta(days=1)) == "yesterday"
    assert tags.day(today + timedelta(days=1)) == "tomorrow"
    assert tags.day(date(2019, 3, 3)) == "3 March 2019"
    assert tags.since(timezone.now()).endswith(" today")
    assert tags.since(None) == ""
    assert tags.short_day(datetime(2019, 3, 3, tzinfo=timezone.get_current_timezone())) == "3 Mar 2019"


def test_numbers_are_said_as_people_read_them() -> None:
    page = Template("{% load handrail %}{{ n|thousands }} {{ 7|in_words }} {{ 5184|share_of:6400 }} {{ 1|share_of:0 }}")
    assert page.render(Context({"n": 6400})) == "6,400 seven 81% 0%"


def test_templates_have_the_tags_they_name() -> None:
    tags_used = '{% icon "bell" %}{% state "again" "Ran out" %}{% chip "open" %}{% sense 0 %}{% brand_mark %}'
    page = "{% load handrail %}" + tags_used
    shown = drawn(Template(page).render(Context()))
    assert "Ran out" in "".join(shown.itertext())
    assert "Negative" in "".join(shown.itertext())

"""CSV of any make becomes posts; columns are guessed with a reason; bad rows are named by their line."""

import csv
import io
import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.post import BadRow, Post
from handrail.engine.sources.files import Unreadable, columns_named, guess_columns, look_at, open_posts, read_csv

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHARED = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).parents[5] / "shared"))
MELTWATER = (
    "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Subregion,State,City,Language,Reach,"
    "Desktop Reach,Mobile Reach,Twitter Social Echo,Facebook Social Echo,Reddit Social Echo,Earned Traffic,"
    "National Viewership,AVE,Sentiment,Key Phrases,Input Name,Keywords,Document Tags,Engagement,Hashtags,Views,"
    "Estimated Views,Custom Categories"
)
BRANDWATCH = (
    "added,date,author,avatarUrl,accountType,authorVerifiedType,assignment,status,priority,checked,starred,"
    "categories,categoryDetails,tags,city,country,language,sentiment,pageType,reachEstimate,url,title,snippet,"
    "fullText,threadId,resourceId"
)


def rows_of(text, encoding="utf-8", columns=None):
    return list(read_csv(io.BytesIO(text.encode(encoding)), columns, NOW))


def test_the_airline_file_reads_at_once():
    path = SHARED / "data" / "airline_dev.csv"
    if not path.exists():
        pytest.skip("airline_dev.csv is not here")
    with path.open("rb") as stream:
        rows = list(open_posts(stream, now=NOW))
    assert len(rows) == 7026
    assert all(isinstance(row, Post) for row in rows)
    assert rows[0].uri == "twitter:567588278875213824"
    assert rows[0].posted_at == datetime(2015, 2, 17, 7, 36, 5, 621000, UTC)


def test_a_meltwater_heading_is_known_and_its_advertising_value_is_quarantined():
    guess = guess_columns(MELTWATER.split(","), [])
    fields = {match.field: match.header for match in guess.matches if match.field}
    assert guess.family == "Meltwater"
    assert fields["text"] == "Hit Sentence"
    assert fields["text_else"] == "Opening Text"
    assert fields["posted_at"] == "Date"
    [held] = [match for match in guess.matches if match.quarantined]
    assert held.header == "AVE"
    assert "Barcelona Principles, no. 5" in held.reason


def test_a_brandwatch_heading_is_known_in_both_spellings():
    spelt = [BRANDWATCH.split(","), ["Resource Id", "Date", "Full Text", "Snippet", "Page Type", "Url", "Author"]]
    for header in spelt:
        guess = guess_columns(header, [])
        assert guess.family == "Brandwatch"
        assert {"id", "text", "posted_at", "platform", "url"} <= set(guess.fields())


def test_a_meltwater_row_takes_the_opening_text_where_the_hit_is_empty():
    cells = dict.fromkeys(MELTWATER.split(","), "")
    cells |= {"Date": "17-Feb-2025 07:36AM", "Headline": "Hotel opens", "URL": "https://n.example/1", "AVE": "120.50"}
    cells |= {"Opening Text": "A new hotel.", "Language": "Portuguese", "City": "Lisbon", "Country": "Portugal"}
    out = io.StringIO()
    writer = csv.DictWriter(out, cells)
    writer.writeheader()
    writer.writerow(cells)
    [post] = rows_of(out.getvalue())
    assert post.text == "Hotel opens\nA new hotel."
    assert post.posted_at == datetime(2025, 2, 17, 7, 36, tzinfo=UTC)
    assert (post.langs, post.place, post.uri) == (("pt",), "Lisbon, Portugal", "https://n.example/1")


def test_unknown_headings_are_guessed_from_their_cells():
    rows = [["2026-01-02 10:00", "The lift is out of order again", "https://x.example/1", "7"]]
    guess = guess_columns(["Wann", "Was", "Wo", "Nr"], rows)
    assert guess.fields() == {"posted_at": 0, "url": 2, "text": 1, "id": 3}
    assert all(match.confidence < 0.9 for match in guess.matches if match.field)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_are_found(delimiter, encoding):
    table = [["id", "date", "text"], ["1", "2026-01-02", "Olá, “bom” dia; sim"], ["2", "2026-01-03", "Café"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    rows = rows_of(out.getvalue(), encoding)
    assert [row.text for row in rows] == ["Olá, “bom” dia; sim", "Café"]


def test_an_assumed_encoding_is_stated():
    look = look_at(io.BytesIO("id,text\n1,Café au lait\n".encode("cp1252")))
    assert look.encoding.assumed
    assert "Windows-1252" in look.encoding.reason


def test_the_day_comes_first_where_only_that_makes_sense():
    look = look_at(io.BytesIO(b"id,date,text\n1,03/04/2026,a b\n2,25/04/2026,c d\n3,28/04/2026,e f\n"))
    assert look.columns.date_order == "day"
    assert look.guess.dates.reason == "2 dates only make sense with the day first, and none with the month first."
    rows = rows_of("id,date,text\n1,03/04/2026 2:05 PM,a b\n2,25/04/2026,c d\n")
    assert rows[0].posted_at == datetime(2026, 4, 3, 14, 5, tzinfo=UTC)


def test_the_month_comes_first_where_only_that_makes_sense():
    rows = rows_of("id,date,text\n1,03/04/2026,a b\n2,04/25/2026,c d\n3,25/04/2026,x y\n4,04/26/2026,e f\n")
    assert rows[0].posted_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert rows[2].reason.startswith("This isn’t a date, with the month first")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2,2026-01-02,a,b", "4 cells where the heading has 3"),
        ("2,2026-01-02", "2 cells where the heading has 3"),
        ("2,soon,words", "isn’t a date"),
        ("2,,words", "date is empty"),
        ("2,2099-01-01,words", "out of range"),
        ("2,0015-01-01,words", "out of range"),
        ("2,2026-01-02,  ", "text is empty"),
        ("1,2026-01-02,again", "same post as line 2"),
        ("5.67588E+17,2026-01-02,again", "rounded this id"),
        ('2,2026-01-02,"never closed', "never closed"),
        ("2,2026-01-02," + "x" * 25_000, "at most 20,000"),
        ("2,2026-01-02," + "x" * 200_000, "131,072"),
        ("2,2026-01-02," + "x" * (1 << 21), "longer than 1,048,576"),
    ],
)
def test_a_bad_row_is_named_and_its_neighbours_go_in(row, says):
    rows = rows_of(f"id,date,text\n1,2026-01-01,one\n{row}\n9,2026-01-09,nine\n")
    assert [type(each) for each in rows] == [Post, BadRow, Post]
    assert rows[1].line == 3
    assert says in rows[1].reason
    assert rows[2].text == "nine"


def test_a_byte_of_another_encoding_costs_only_its_own_row():
    raw = "id,date,text\n1,2026-01-01,Olá ação\n".encode() + b"2,2026-01-02,Caf\xe9\n" + b"3,2026-01-03,fine\n"
    rows = list(read_csv(io.BytesIO(raw), None, NOW))
    assert [type(row) for row in rows] == [Post, BadRow, Post]
    assert "isn’t UTF-8" in rows[1].reason


def test_quoted_line_breaks_count_as_lines():
    rows = rows_of('id,date,text\n1,2026-01-01,"two\nlines"\n2,bad,x\n')
    assert rows[0].text == "two\nlines"
    assert rows[1].line == 4


def test_an_id_column_named_by_hand_keeps_ids_as_they_stand():
    stream = io.BytesIO(b"nr,when,words\nA7,2026-01-01,lovely\n")
    columns = columns_named(look_at(stream), id_column="nr", text_column="words")
    [post] = read_csv(stream, columns, NOW)
    assert (post.uri, post.text) == ("A7", "lovely")
    with pytest.raises(Unreadable, match="no column “body”"):
        columns_named(look_at(stream), text_column="body")


def test_a_file_without_headings_is_refused():
    with pytest.raises(Unreadable, match="names the columns"):
        look_at(io.BytesIO(b"1,2026-01-01,hello there\n2,2026-01-02,bye\n"))


def test_a_long_file_streams_within_few_megabytes(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as out:
        out.write("id,date,text\n")
        out.writelines(f"{n},2026-01-01,{'words and words ' * 60}\n" for n in range(15_000))
    tracemalloc.start()
    with path.open("rb") as stream:
        columns = look_at(stream, 1000).columns
        assert sum(isinstance(row, Post) for row in read_csv(stream, columns, NOW)) == 15_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 9_000_000 < path.stat().st_size


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_whatever_a_writer_quotes_comes_back_word_for_word(texts):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "date", "text"])
    writer.writerows([n, "2026-01-01", text] for n, text in enumerate(texts))
    rows = rows_of(out.getvalue())
    assert [row.text for row in rows] == [" ".join(text.split("\ufeff")).strip() for text in _held(texts)]


def _held(texts):
    return [text.replace("\u2028", " ").replace("\u2029", " ") for text in texts]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fall_over(raw):
    rows = list(read_csv(io.BytesIO(b"id,date,text\n1,2026-01-01,ok\n" + raw), None, NOW))
    assert all(isinstance(row, Post | BadRow) for row in rows)

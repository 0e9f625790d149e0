"""The frame of every page: faces, refusals in words, the content policy."""

import pytest
from django.test import Client

from handrail.people.testing import cast, signed_in
from handrail.web import fonts
from handrail.web.rules import rule_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", fonts.FACES)
def test_a_face_is_served_to_anyone_and_kept(name: str) -> None:
    response = Client().get(f"/fonts/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] in {"font/ttf", "font/woff2"}
    assert "max-age" in response["Cache-Control"]
    assert len(b"".join(response.streaming_content)) > 10_000
    response.close()


def test_a_face_we_do_not_have_is_not_here() -> None:
    assert Client().get("/fonts/comic-sans").status_code == 404


def test_a_built_face_is_preferred_and_still_a_whole_font(settings, monkeypatch) -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    pytest.importorskip("brotli")
    small = {name: fonts.FACES[name] for name in ("plex-mono-400",)}
    monkeypatch.setattr(fonts, "FACES", small)
    assert fonts.best_file("plex-mono-400")[1] == "font/ttf"
    made = fonts.build()
    assert [path.name for path in made] == ["plex-mono-400.woff2"]
    assert fonts.best_file("plex-mono-400") == (made[0], "font/woff2")
    letters = ttlib.TTFont(made[0]).getBestCmap()
    assert all(ord(letter) in letters for letter in "Aa9éßňő€“”’–…→")
    assert fonts.build() == []


def test_a_lost_page_is_answered_in_words() -> None:
    people = cast()
    response = signed_in(people.dev).get("/no/such/place")
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is nothing at this address" in page
    assert "404" not in page.split("<main")[1].split("</main>")[0]


def test_a_fragment_is_refused_with_a_fragment() -> None:
    people = cast()
    response = signed_in(people.dev).get("/answers", headers={"HX-Request": "true"})
    assert response.status_code == 403
    page = response.content.decode()
    assert page.lstrip().startswith('<div class="toast')


def test_every_page_forbids_inline_script_and_style() -> None:
    policy = Client().get("/sign-in")["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_rules_are_told_per_question() -> None:
    assert rule_of(1)[0].startswith("Open: no live goal")
    two, three = " ".join(rule_of(2)), " ".join(rule_of(3))
    assert two != three
    assert "Question" not in two + three
    assert rule_of(6) == ["No rule yet: Handrail keeps no record of coaching in this version."]

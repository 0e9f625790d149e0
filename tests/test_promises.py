"""The promises of product.md §4 that can hold already, and attempts to break them: nobody watched, nothing leaked."""

import csv
import dataclasses
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as product_settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from handrail.engine.sentiment import score
from handrail.kernel.errors import BadInput, Refusal
from handrail.kernel.facts import Fact
from handrail.kernel.models import JournalEntry
from handrail.listening.actions import import_posts, save_topic
from handrail.listening.models import Mention, Topic
from handrail.people.actions import import_people
from handrail.people.models import PeopleImport, Person
from handrail.people.testing import PASSWORD, Cast, cast, signed_in
from handrail.policy.actions import entrust, import_policy
from handrail.policy.models import Policy
from handrail.policy.testing import published
from handrail.strategy.actions import GoalText, set_goal
from handrail.strategy.models import Goal

ROOT = Path(__file__).resolve().parent.parent / "handrail"
SCRIPT = "<script>alert('gotcha')</script>"
PICTURE = "\"'><img src=x onerror=alert('gotcha')>"
HANDLE = "quokka_lover_77"
DID = "did:plc:zyxwvutsrq98765"
WORDS = "The periwinkle lift is stuck again"


@pytest.fixture
def who(db) -> Cast:
    return cast()


def posts_file(now: str) -> io.BytesIO:
    rows = [
        ["1", now, f"{WORDS} and again", HANDLE, "en", "Galway", "forum"],
        ["2", now, f"{WORDS} {SCRIPT}", HANDLE, "en", PICTURE, "forum"],
        ["3", now, "Lovely stay, thank you", HANDLE, "en", "Lisbon", PICTURE],
    ]
    out = io.StringIO()
    csv.writer(out).writerows([["id", "date", "text", "author", "language", "place", "network"], *rows])
    return io.BytesIO(out.getvalue().encode())


def frame(now: str) -> io.BytesIO:
    record = {"text": f"{WORDS}, from afar", "createdAt": now, "langs": ["en"]}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "k1", "record": record}
    return io.BytesIO(json.dumps({"did": DID, "time_us": 1, "kind": "commit", "commit": commit}).encode())


@pytest.fixture
def house(who: Cast) -> Cast:
    """A house in which every room holds something, and much of it means harm."""
    staff = "Staff no,Name,E-mail,Line manager e-mail,Place,Function,Job,Country,Language,Start\n"
    staff += f'901,"Mallory {SCRIPT}",mallory@h.example,ana@example.org,"Hall {SCRIPT}",IT,"Job {PICTURE.replace(chr(34), "")}",IE,en,2020-01-01\n'
    import_people(staff.encode(), f"{SCRIPT}.csv", by=who.ana)
    set_goal(GoalText(f"Guests return {SCRIPT}", theme=f"T {SCRIPT}", owner=who.ana), by=who.ana)
    text = f"# Post {SCRIPT.replace('<', '&lt;')}\n\n## Do\n\n- Ask `{SCRIPT}` first.\n\n## Don’t\n\n- Don’t `{PICTURE}` a guest.\n"
    report = import_policy(text.encode(), f"{SCRIPT}.md", title=f"Post {SCRIPT}", key="post", by=who.ana)
    entrust(report.policy, owner=who.ana, contact=f"desk {SCRIPT}", review_by=None, by=who.ana)
    published(report.version, who)
    import_policy(text.replace("first", "always").encode(), "b.md", title=f"Post {SCRIPT}", key="post", by=who.ana)
    now = (timezone.now() - timezone.timedelta(hours=2)).isoformat()
    import_posts(posts_file(now), f"{SCRIPT}.csv", by=who.gil)
    import_posts(frame(now), "a.jsonl", by=who.gil)
    save_topic(None, name=f"Lifts {SCRIPT}", query='lift OR "<script>"', purpose=f"Mend {SCRIPT}", by=who.gil)
    return who


def every_page() -> list[str]:
    """Every address that answers a GET, with the keys of what the house holds."""
    keys = {
        "people": Person.objects.get(staff_number="901").pk,
        "people/import": PeopleImport.objects.first().pk,
        "listening/topics": Topic.objects.get().pk,
        "listening/import": Mention.objects.first().post_import_id,
    }
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, prefix + str(each.pattern))
            else:
                found.append(prefix + str(each.pattern))

    walk(get_resolver().url_patterns, "")
    pages = []
    for address in found:
        if any(part in address for part in ("sign-out", "password/set", "fonts/", "openapi")):
            continue
        start = address.partition("/<")[0]
        filled = re.sub(r"<int:(?:pk|key)>|<pk>", str(keys.get(start, 1)), address)
        filled = re.sub(r"<slug:key>|<key>", Goal.objects.get().key if start == "goals" else "post", filled)
        filled = re.sub(r"<int:number>|<number>", "1", filled).replace("<slug:ending>", "html")
        filled = re.sub(r"<int:\w+>", "1", filled)
        pages.append("/" + re.sub(r"<(?:\w+:)?\w+>", "post", filled))
    pages += ["/policies/post/2/review", "/policies/post/2", "/find?q=script", "/find?q=" + SCRIPT, "/people?q=script"]
    pages += ["/listening/?span=all", "/listening/more?span=all", "/?show=all", "/listening/posts.csv?span=all"]
    return pages


def answers(house: Cast, *people: Person) -> list[tuple[str, str, object]]:
    """Who asked, the address and the answer, for every page that lets them in."""
    found = []
    pages = every_page()
    for person in people:
        client = signed_in(person)
        for page in pages:
            response = client.get(page)
            assert response.status_code < 500, f"{page} broke: {response.status_code}"
            if response.status_code == 200:
                found.append((person.name, page, response))
    return found


def text_of(response: object) -> str:
    return response.content.decode("utf-8", "replace")  # type: ignore[attr-defined]


# Nobody watched.


def test_no_page_api_or_export_shows_who_wrote_a_post(house) -> None:
    seen_words, leaks = 0, []
    for name, page, response in answers(house, *house.everyone()):
        text = text_of(response)
        seen_words += "periwinkle" in text
        # The way to the post itself stays: it is public there, and its owner may be answered there.
        shown = re.sub(r'href="https://bsky\.app/[^"]*"', "", text)
        if HANDLE in shown or (DID in shown and not page.startswith(("/api/v1/posts", "/listening/posts.csv"))):
            leaks.append(f"{page} for {name}")
    assert seen_words > 5, "no page showed the posts at all, so this proves nothing"
    assert not leaks, "\n".join(leaks)


def test_no_answer_of_the_api_has_a_field_for_an_author(house) -> None:
    schema = json.dumps(signed_in(house.ana).get("/api/v1/openapi.json").json())
    assert '"author"' not in schema
    assert '"handle"' not in schema
    [first, *_] = signed_in(house.gil).get("/api/v1/posts").json()["posts"]
    assert set(first) == {"id", "posted_at", "platform", "place", "language", "sentiment", "text", "url"}


def test_the_export_of_posts_has_no_column_for_an_author(house) -> None:
    rows = list(csv.reader(io.StringIO(text_of(signed_in(house.gil).get("/listening/posts.csv?span=all")))))
    assert len(rows) == 5
    assert not {"author", "name", "handle", "user"} & {heading.lower() for heading in rows[0]}


NAMED = ['"Dev Patel"', "Dev Patel", "dev patel", "lift OR (hotel AND dev patel)", "{Dev} {Patel}", "from:devpatel"]


@pytest.mark.parametrize("query", NAMED)
def test_a_query_that_names_an_employee_or_follows_an_account_is_refused(who, query) -> None:
    with pytest.raises(BadInput, match=r"watched|never to who says it"):
        save_topic(None, name="T", query=query, purpose="P", by=who.gil)
    page = text_of(signed_in(who.gil).post("/listening/topics/preview", {"query": query}))
    assert re.search("watched|never to who says it", page)
    api = signed_in(who.gil).post("/api/v1/topics/preview?query=" + query.replace(" ", "%20").replace("#", "%23"))
    assert api.status_code == 422
    assert not Topic.objects.exists()
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        '"dev patel"~3',
        "dev NEAR/2 patel",
        "patel AND dev",
        "DEV AND PATEL OR lift",
        "dev* patel",
        "@dev_patel",
        "#devpatel",
    ],
)
def test_a_query_that_names_an_employee_in_a_roundabout_way_is_refused_too(who, query) -> None:
    with pytest.raises(BadInput, match="watched"):
        save_topic(None, name="T", query=query, purpose="P", by=who.gil)


def test_an_employees_name_with_marks_and_other_letters_is_refused(who) -> None:
    who.dev.name = "Zoë Ní Dhálaigh"
    who.dev.save()
    for query in ("Zoë Ní Dhálaigh", "ZOË NÍ DHÁLAIGH", "zoe ni dhalaigh", "“Zoë Ní Dhálaigh”"):
        with pytest.raises(BadInput, match="watched"):
            save_topic(None, name="T", query=query, purpose="P", by=who.gil)


@pytest.mark.parametrize("name", ["dev", "cleo", "ben", "eva", "finn"])
def test_those_who_dont_listen_get_403_and_no_word_of_a_post(house, name) -> None:
    person = getattr(house, name)
    client = signed_in(person)
    for page in ("/listening/", "/listening/more", "/listening/posts.csv", "/listening/import", "/api/v1/posts"):
        response = client.get(page)
        assert response.status_code == 403
        assert "periwinkle" not in text_of(response)
    for _, page, response in answers(house, person):
        assert "periwinkle" not in text_of(response), page


def test_no_fact_has_room_for_a_posts_words_and_none_in_the_journal_holds_them(house) -> None:
    assert JournalEntry.objects.filter(code="listening.posts_imported").count() == 2
    for entry in JournalEntry.objects.all():
        assert not re.search(f"periwinkle|Lovely stay|{HANDLE}|zyxwvutsrq", entry.record), entry.code
    for fact in Fact.__subclasses__():
        if fact.code.startswith("listening."):
            named = {field.name for field in dataclasses.fields(fact)}
            assert not named & {"text", "author", "words", "handle", "uri", "url", "post"}, fact.code


def test_sentiment_is_never_kept_per_person_of_the_house(house) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (each for each in tables if each.startswith("listening_")):
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if "label" in columns:
                assert not {name for name in columns if "person" in name or "employee" in name}, table
    assert score(["fine"], [("en",)])


# Pages hold no code of their own, and nobody can put any there.


class Markup(HTMLParser):
    """Collects what a strict content policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not given.get("src"):
            self.wrong.append("a script without src")
        if tag == "style":
            self.wrong.append("a style element")
        if given.get("src") == "x":
            self.wrong.append("a planted picture")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self.wrong.append(f"{tag} {name}=")
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}:
                if address.startswith(("javascript:", "data:text", "vbscript:")):
                    self.wrong.append(f"{tag} {name}={value}")
                if address.startswith(("http:", "https:", "//")) and name != "href":
                    self.wrong.append(f"{tag} {name} leads elsewhere: {value}")


def test_every_page_of_everyone_is_free_of_inline_code_and_of_what_was_planted(house) -> None:
    wrong, shown = [], 0
    for name, page, response in answers(house, *house.everyone()):
        if not response["Content-Type"].startswith("text/html") or page.startswith("/api/v1/docs"):
            continue
        text = text_of(response)
        shown += "gotcha" in text
        reader = Markup()
        reader.feed(text)
        # A file to keep has its style in it: it is saved, never shown as a page of the house.
        kept = response.headers.get("Content-Disposition", "").startswith("attachment")
        wrong += [f"{page} for {name}: {each}" for each in reader.wrong if not (kept and each == "a style element")]
        if "<script>alert" in text or "<img src=x" in text:
            wrong.append(f"{page} for {name} shows what was planted as markup")
    assert shown > 30, "the planted words were shown too rarely to prove anything"
    assert not wrong, "\n".join(sorted(set(wrong))[:40])


def test_the_reader_of_markup_does_find_what_is_planted() -> None:
    for planted in (
        SCRIPT,
        "<p style='x'>",
        "<a onclick=x>",
        "<style></style>",
        "<a href=' java\nscript:x'>",
        "<img src=//evil.example/a>",
    ):
        reader = Markup()
        reader.feed(planted)
        assert reader.wrong, planted


def test_every_answer_carries_a_policy_without_unsafe_words(house) -> None:
    everything = answers(house, house.ana, house.dev)
    refused = [("", page, signed_in(house.dev).get(page)) for page in ("/journal", "/nothing/here")]
    outside = [("", page, Client().get(page)) for page in ("/sign-in", "/password/new", "/people", "/api/v1/me")]
    for _, page, response in [*everything, *refused, *outside]:
        policy = response.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy or "default-src 'self'" in policy, page
        if not page.startswith("/api/v1/docs"):
            assert "unsafe" not in policy, page
        assert "frame-ancestors 'none'" in policy, page
        assert response.headers.get("X-Content-Type-Options") == "nosniff", page
        assert response.headers.get("Referrer-Policy") in {"same-origin", "no-referrer"}, page
        assert (
            "no-cache" in response.headers.get("Cache-Control", "") or "no-store" in response.headers["Cache-Control"]
        )


def test_no_template_marks_words_as_safe() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in ROOT.rglob("templates/**/*.html")
        for found in re.finditer(
            r"\|\s*safe\b|autoescape off|\bsafeseq\b|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=",
            path.read_text(),
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_a_spreadsheet_never_runs_what_a_stranger_wrote(house) -> None:
    Person.objects.filter(staff_number="901").update(
        name='=HYPERLINK("http://evil.example")', job="+1+1", function="@SUM(1)"
    )
    Mention.objects.update(text="=cmd|' /C calc'!A0", place="-2+3")
    Goal.objects.update(statement="=1+1", theme="+2")
    for page in (
        "/people.csv",
        "/people/roles.csv",
        "/people/places.csv",
        "/goals/goals.csv",
        "/listening/posts.csv?span=all",
        "/journal.csv",
    ):
        for row in csv.reader(io.StringIO(text_of(signed_in(house.ana).get(page)))):
            dangerous = [cell for cell in row if cell[:1] in "=+@\t\r" and cell]
            assert not dangerous, f"{page}: {dangerous}"


# Secrets stay secret; forms come from our own pages.


def test_secrets_are_on_no_page_in_no_answer_and_in_no_log(house, caplog, settings) -> None:
    settings.SECRET_KEY = secret = "s3cret-" + "z9" * 20
    caplog.set_level("DEBUG")
    hashes = [person.password for person in house.everyone()]
    client = Client()
    for email, password in (("ana@example.org", "wrong-guess-1234"), ("ana@example.org", PASSWORD), ("=x", PASSWORD)):
        client.post("/sign-in", {"username": email, "password": password})
    client.post("/password/new", {"email": "ana@example.org"})
    said = [text_of(response) for _, _, response in answers(house, house.ana, house.finn, house.dev)]
    logged = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    for text in [*said, logged, *(message.body for message in mail.outbox)]:
        assert secret not in text
        assert PASSWORD not in text
        assert "wrong-guess-1234" not in text
        assert not any(each in text for each in hashes)
        assert not re.search(r"(?:argon2|pbkdf2|md5)\$", text)


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(who) -> None:
    client = Client()
    before = client.get("/sign-in").cookies
    client.post("/sign-in", {"username": "ana@example.org", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "sessionid" not in before, "nobody gets a session before they sign in"
    assert product_settings.SESSION_COOKIE_SECURE == product_settings.CSRF_COOKIE_SECURE == product_settings.HTTPS


def test_with_https_cookies_never_go_over_plain_http(who, settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/sign-in", secure=True)
    client.post("/sign-in", {"username": "ana@example.org", "password": PASSWORD}, secure=True)
    assert client.cookies["sessionid"]["secure"]
    assert client.cookies["csrftoken"]["secure"]


def test_signing_in_changes_the_session_key_and_signing_out_ends_it(who) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    planted = session.session_key
    client.post("/sign-in", {"username": "ana@example.org", "password": PASSWORD})
    assert client.session.session_key != planted
    assert "planted" not in client.session
    kept = client.cookies["sessionid"].value
    client.post("/sign-out")
    stale = Client()
    stale.cookies["sessionid"] = kept
    assert stale.get("/people").status_code == 302


def test_every_post_without_its_mark_is_403_and_writes_nothing(house) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(house.ana)
    before = (JournalEntry.objects.count(), Person.objects.count(), Goal.objects.count(), Policy.objects.count())
    let_in = []
    for page in every_page():
        response = client.post(page, {"statement": "Guests return", "text": "# A\n\nBe kind.", "keep": "yes"})
        if response.status_code not in {403, 405}:
            let_in.append(f"{page} answered {response.status_code}")
        if response.status_code == 403 and not page.startswith("/api/"):
            assert "too old to be sent safely" in text_of(response), page
    assert not let_in, "\n".join(let_in)
    assert (
        JournalEntry.objects.count(),
        Person.objects.count(),
        Goal.objects.count(),
        Policy.objects.count(),
    ) == before


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_need_the_mark_too(house, method) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.ana)
    topic = Topic.objects.get()
    body = json.dumps({"name": "New", "query": "lift", "purpose": "P"})
    for page in (f"/api/v1/topics/{topic.pk}", "/api/v1/roles/1", "/goals/new"):
        assert getattr(client, method)(page, body, content_type="application/json").status_code in {403, 405}
    topic.refresh_from_db()
    assert topic.revision == 1


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "\t//evil.example",
    "/\t/evil.example",
    "https://testserver.evil.example/",
    "evil.example",
    "-1",
    "\x00",
    "/ok\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("going_to", ELSEWHERE)
def test_sign_in_never_sends_anybody_elsewhere(who, going_to) -> None:
    client = Client(raise_request_exception=False)
    given = {"username": "ana@example.org", "password": PASSWORD, "next": going_to}
    response = client.post("/sign-in", given)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    again = client.get("/sign-in", {"next": going_to})
    assert again.headers["Location"] == "/"


def test_sign_in_does_go_on_to_a_page_of_ours(who) -> None:
    given = {"username": "ana@example.org", "password": PASSWORD, "next": "/people?q=dev"}
    assert Client().post("/sign-in", given).headers["Location"] == "/people?q=dev"


def test_sign_in_says_the_same_whether_or_not_somebody_is_here(who) -> None:
    said = set()
    for email in ("ana@example.org", "nobody@example.org"):
        page = text_of(Client().post("/sign-in", {"username": email, "password": "wrong-guess-1234"}))
        asked = text_of(Client().post("/password/new", {"email": email}))
        said.add(re.sub(r'value="[^"]*"|CSRFToken": "\w+"', "", page + asked).replace(email, ""))
    assert len(said) == 1, "who is here can be told from the answer"


def test_refusals_never_show_the_words_of_a_query_as_markup(house) -> None:
    client = signed_in(house.gil)
    for query in (f'"{SCRIPT}', f"from:{SCRIPT}", f"nope:{SCRIPT}", f"NEAR/{SCRIPT}", SCRIPT, PICTURE):
        for address in ("/listening/topics/preview", "/listening/topics/new"):
            page = text_of(client.post(address, {"query": query, "name": query, "purpose": query}))
            assert "<script>alert" not in page
            assert "<img src=x" not in page


def test_a_refusal_is_an_exception_that_says_one_sentence() -> None:
    assert issubclass(BadInput, Refusal)

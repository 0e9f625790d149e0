"""The first three questions told as one story in a real browser: from a real policy file to a vetted text in force."""

import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

HERE = Path(__file__).resolve().parent
BROWSER = os.environ.get("HANDRAIL_TEST_BROWSER", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(BROWSER).exists(), reason="no Chromium (set HANDRAIL_TEST_BROWSER)"),
]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PASSWORD = "harbour-lantern-47-tide"
INTERESTS = {"priya": "Legal", "tomasz": "Security", "adaeze": "Privacy", "sofia": "Brand", "dwayne": "Employees"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A new house with its people, served; its address and the environment its commands run in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {**os.environ, "HANDRAIL_HOME": str(tmp_path), "HANDRAIL_PORT": str(port), "HANDRAIL_DATABASE_URL": ""}
    subprocess.run([sys.executable, str(HERE / "people.py")], env=env, check=True, timeout=180)
    with (tmp_path / "serve.log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-m", "handrail", "serve"], env=env, stdout=log, stderr=log)
        base = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{base}/sign-in", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        else:
            server.kill()
            pytest.fail("The server did not answer: " + (tmp_path / "serve.log").read_text())
        yield base, env
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield started
        started.close()


class Person:
    """One person with a browser of their own."""

    def __init__(self, browser: Browser, base: str, short: str, width: int = 1440) -> None:
        self.base = base
        self.page: Page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(f"{base}/sign-in")
        self.page.get_by_label("E-mail").fill(f"{short}@story.example")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{base}/")

    def go(self, path: str) -> Page:
        """Open a page, which must be there."""
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"
        return self.page

    def press(self, name: str) -> None:
        """Press the button of this name and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()


def state_of(owner: Person, number: int) -> str:
    """What Home says of a question: its whole row in words."""
    row = owner.go("/").locator(f"#q{number}")
    return re.sub(r"\s+", " ", row.inner_text())


def read_it_all(who: Person, round_path: str) -> None:
    """Scroll through the text as a reader does, until each clause is noted as read."""
    page = who.go(f"{round_path}read")
    for _ in range(3):
        for clause in page.locator(".clause[data-unread]").all():
            clause.scroll_into_view_if_needed()
            page.wait_for_timeout(150)
        if page.locator(".clause[data-unread]").count() == 0:
            break
        page.wait_for_timeout(6500)
        page.mouse.wheel(0, 400)
    for clause in page.locator(".clause[data-unread]").all():
        clause.locator("[data-words]").scroll_into_view_if_needed()
        page.wait_for_timeout(6500)
    page.wait_for_timeout(1200)


def say(who: Person, round_path: str, clause: int, body: str, **more: str) -> None:
    """Say something about the clause at this place of the text."""
    page = who.go(f"{round_path}read")
    keys = page.locator(".clause[data-key]").evaluate_all("all => all.map(each => each.dataset.key)")
    page = who.go(f"{round_path}say?clause={keys[clause]}")
    page.get_by_label("What do you want to say?").fill(body)
    if more.get("suggested"):
        page.get_by_label("How would you put it?").fill(more["suggested"])
    if more.get("quote"):
        page.get_by_label("Which words is it about?").fill(more["quote"])
    if more.get("nameless"):
        page.get_by_label("Without my name", exact=True).check()
    who.press("Say it")


def sign(who: Person, round_path: str, interest: str) -> None:
    """Sign the present words for an interest."""
    who.go(f"{round_path}sign/{interest.lower()}")
    who.press(f"Sign these words for {interest}")


def answer(owner: Person, round_path: str, words: str, verdict: str, reason: str) -> None:
    """Answer the remark that says this."""
    page = owner.go(round_path)
    row = page.locator("#remarks tbody tr", has_text=words)
    href = row.get_by_role("link").last.get_attribute("href")
    page = owner.go(str(href))
    page.get_by_label(verdict, exact=True).check()
    page.get_by_label("Why?").first.fill(reason)
    owner.press("Answer, and tell its author")


def test_a_real_policy_is_vetted_and_comes_into_force(home, browser: Browser, shared: Path, tmp_path: Path) -> None:
    base, env = home
    owner, author = Person(browser, base, "maren"), Person(browser, base, "yuki")
    assert "Open" in state_of(owner, 3)

    policy = bring_in(author, shared / "data" / "policies" / "owasp-social-media.md")
    before = state_of(owner, 2)
    agree_who_does_what(owner)
    assert state_of(owner, 2) != before
    lint_and_mend(author, policy)
    round_path = open_the_round(author, policy)
    assert "In progress" in state_of(owner, 3)

    reviewers = {short: Person(browser, base, short) for short in INTERESTS}
    everyone_speaks(reviewers, Person(browser, base, "joana", width=390), round_path)
    out_of_the_letterbox(env)
    for short, interest in INTERESTS.items():
        read_it_all(reviewers[short], round_path)
        sign(reviewers[short], round_path, interest)

    use_the_wording(author, policy)
    page = owner.go(round_path)
    expect(page.get_by_role("button", name="Close the round")).to_have_attribute("aria-disabled", "true")
    assert "signed earlier words" in page.content()
    assert "Your signature is stale" in reviewers["priya"].go(round_path).content()
    with_answers(owner, round_path)
    for short, interest in INTERESTS.items():
        read_it_all(reviewers[short], round_path)
        sign(reviewers[short], round_path, interest)

    owner.go(round_path)
    owner.page.locator("summary", has_text="Close the round").click()
    owner.press("Close it now")
    owner.go(f"{policy}/1/publish")
    owner.press("Publish version 1")
    assert "In force" in owner.page.content()

    the_record_is_in_both(owner, f"{policy}/1/text", tmp_path)
    assert "Answered" in state_of(owner, 3)
    assert all(not person.wrong for person in (owner, author, *reviewers.values())), owner.wrong + author.wrong


def bring_in(author: Person, source: Path) -> str:
    """The file as its author brings it in; the address of the policy."""
    page = author.go("/policies/import")
    page.get_by_label("File").set_input_files(str(source))
    author.press("Look at it first")
    assert "8 clauses found" in page.content()
    author.press("Keep it as a draft")
    return "/policies/" + page.url.split("/policies/")[1].split("/")[0]


def agree_who_does_what(owner: Person) -> None:
    """The matrix begins from today's roles, is given one more letter, and is agreed."""
    owner.go("/policies/ownership")
    owner.press("Propose who does what")
    page = owner.go("/policies/ownership?view=proposed")
    page.locator("#change select[name=row]").select_option(index=4)
    page.locator("#change input[name=holder]").fill("joana@story.example")
    page.locator("#change").get_by_label("I", exact=True).check()
    owner.press("Set")
    page = owner.go("/policies/ownership?view=proposed")
    assert "Joana" in page.content()
    page.locator("#agree").get_by_label("How").fill("In one meeting of seven")
    owner.press("Put in force")
    assert "Agreed today" in owner.go("/policies/ownership").content()


def lint_and_mend(author: Person, policy: str) -> None:
    """The checker finds something; the author mends a clause, and its page shows the change."""
    page = author.go(f"{policy}/1/checks")
    assert re.search(r"(STR|CLR|COV|LAW|BAL|CUR)-\d\d", page.content())
    page = author.go(f"{policy}/1/edit")
    key = page.locator(".clause[data-key]").first.get_attribute("data-key")
    page = author.go(f"{policy}/1/edit?clause={key}")
    field = page.locator("textarea[name=markup]").first
    field.fill(field.input_value().rstrip() + " If you are unsure, ask first; we help.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#sheet")).to_contain_text("we help")


def open_the_round(author: Person, policy: str) -> str:
    """Everyone may read and speak, with or without a name; five interests must sign."""
    page = author.go(f"{policy}/1/vet")
    page.get_by_label("Last day").fill((date.today() + timedelta(days=14)).isoformat())
    author.press("Send it out")
    page = author.go("/vetting/")
    href = page.get_by_role("link", name=re.compile("version 1")).first.get_attribute("href")
    assert href
    return href if href.endswith("/") else href + "/"


def everyone_speaks(reviewers: dict[str, Person], employee: Person, round_path: str) -> None:
    """Five interests and an employee who keeps her name to herself; one puts another wording forward."""
    say(reviewers["priya"], round_path, 1, "Say which law you mean.")
    say(reviewers["tomasz"], round_path, 2, "Name the second factor.")
    say(reviewers["adaeze"], round_path, 3, "People in the background too.")
    say(reviewers["sofia"], round_path, 4, "The tone is right.")
    say(
        reviewers["dwayne"],
        round_path,
        0,
        "Put it warmly.",
        suggested="We are glad when you speak about us, and we help.",
    )
    say(employee, round_path, 1, "I am afraid of saying something wrong.", nameless="yes")
    assert re.search(r"Keep this code", employee.page.content())


def out_of_the_letterbox(env: dict[str, str]) -> None:
    """The night comes in which letters come out, mixed."""
    words = (
        "from handrail.vetting.actions import empty_letterbox; from handrail.vetting.models import Round; "
        "[empty_letterbox(each, all_of_it=True) for each in Round.objects.all()]"
    )
    command = [sys.executable, "-m", "handrail", "manage", "shell", "--no-imports", "-c", words]
    subprocess.run(command, env=env, check=True, timeout=60, capture_output=True)


def use_the_wording(author: Person, policy: str) -> None:
    """The author takes the suggested wording over from the review page."""
    author.go(f"{policy}/1/review")
    author.press("Use this wording")
    assert "whoever put it forward is told" in author.page.content()


def with_answers(owner: Person, round_path: str) -> None:
    """Each remark that is left gets a verdict and a reason."""
    answer(owner, round_path, "Say which law", "Declined", "The law differs by country; the annex names it.")
    answer(owner, round_path, "second factor", "Out of scope", "That stands in the procedure on accounts.")
    answer(owner, round_path, "background", "Declined", "Clause 3 says it for everyone who can be recognised.")
    answer(owner, round_path, "tone is right", "Adopted", "Kept as it is.")
    answer(owner, round_path, "afraid", "Adapted", "It now says that we help.")


def the_record_is_in_both(owner: Person, path: str, tmp_path: Path) -> None:
    """PDF and Word hold the vetting record: who signed, what changed, what did not and why."""
    word = owner.page.request.get(f"{owner.base}{path}.docx")
    assert word.status == 200
    inside = zipfile.ZipFile(io.BytesIO(word.body())).read("word/document.xml").decode()
    plain = re.sub(r"<[^>]+>", "", inside)
    for words in ("How this text was vetted", "Priya Raman", "The law differs by country", "and we help"):
        assert words in plain, words
    assert "Joana" not in plain
    pdf = owner.page.request.get(f"{owner.base}{path}.pdf")
    assert pdf.status == 200
    assert pdf.body().startswith(b"%PDF")
    (tmp_path / "policy.pdf").write_bytes(pdf.body())
    said = words_of_pdf(tmp_path / "policy.pdf")
    for words in ("How this text was vetted", "Priya Raman", "The law differs by country"):
        assert words in said, words
    assert "Joana" not in said


def words_of_pdf(path: Path) -> str:
    """The words of a PDF in reading order."""
    from pypdf import PdfReader  # noqa: PLC0415

    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))

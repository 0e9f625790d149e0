"""Real pages of the demo organisation in a real browser: phone and desk, light and dark, keyboard, axe, no overflow."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

BROWSER = os.environ.get("HANDRAIL_TEST_BROWSER", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(BROWSER).exists(), reason="no Chromium (set HANDRAIL_TEST_BROWSER)"),
]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OWNER = "maren.castellanos@harbourpine.example"
EMPLOYEE = "joana.kaya@harbourpine.example"
PASSWORD = "lantern-on-the-quay"
PAGES = [
    "/",
    "/answers",
    "/history",
    "/components",
    "/find?q=guest",
    "/goals/",
    "/goals/no-harm",
    "/goals/new",
    "/goals/import",
    "/people",
    "/people/import",
    "/people/places",
    "/people/roles",
    "/people/audiences",
    "/people/audiences/new",
    "/account",
    "/policies/",
    "/policies/import",
    "/policies/social-media-policy",
    "/policies/social-media-policy/3/review",
    "/policies/social-media-policy/history",
    "/strategy/",
    "/strategy/plan",
    "/strategy/propose",
    "/strategy/purposes/cook-with-guests",
    "/policies/ownership",
    "/policies/procedures",
    "/policies/procedures/1",
    "/policies/rules",
    "/policies/social-media-policy/4/review",
    "/policies/social-media-policy/4/checks",
    "/policies/social-media-policy/4/edit",
    "/policies/social-media-policy/4/changes",
    "/policies/social-media-policy/4/impact",
    "/policies/social-media-policy/4/suggestions",
    "/policies/social-media-policy/amendments",
    "/policies/social-media-policy/scenarios",
    "/policies/social-media-policy/translations",
    "/policies/social-media-policy/translations/pt",
    "/vetting/",
    "/vetting/4/",
    "/vetting/4/read",
    "/vetting/4/record",
    "/vetting/4/outsiders",
    "/vetting/channels",
    "/vetting/code",
    "/listening/",
    "/listening/topics/",
    "/listening/topics/1",
    "/listening/topics/new",
    "/listening/import",
    "/waiting",
    "/jobs",
    "/journal",
]
SIGHTS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo organisation, loaded by the command a user would give, and served."""
    home = tmp_path_factory.mktemp("demo")
    port = free_port()
    env = {**os.environ, "HANDRAIL_HOME": str(home), "HANDRAIL_PORT": str(port), "HANDRAIL_DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "handrail", "demo"], env=env, check=True, capture_output=True, timeout=180)
    with (home / "serve.log").open("wb") as log:
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
            pytest.fail("The server did not answer: " + (home / "serve.log").read_text())
        yield base
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield started
        started.close()


def sign_in(browser: Browser, base: str, email: str, width: int = 1440, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{base}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/")
    return page


@pytest.mark.parametrize(("width", "scheme"), SIGHTS)
def test_every_page_is_whole_at_every_size(address: str, browser: Browser, width: int, scheme: str) -> None:
    page = sign_in(browser, address, OWNER, width, scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    wide = []
    for path in PAGES:
        response = page.goto(address + path)
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            wide.append(f"{path} is {beyond} px wider than the screen")
    page.close()
    assert not said, "The browser complained:\n" + "\n".join(said)
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(address: str, browser: Browser, width: int, scheme: str) -> None:
    page = sign_in(browser, address, OWNER, width, scheme)
    found = []
    for path in PAGES:
        page.goto(address + path)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                where = violation["nodes"][0]["html"][:160]
                found.append(f"{path} {violation['id']} ({len(violation['nodes'])}): {where}")
    page.close()
    assert not found, "\n".join(found)


def test_axe_does_find_a_planted_flaw(address: str, browser: Browser) -> None:
    page = sign_in(browser, address, OWNER)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\">')")
    impacts = {each["impact"] for each in Axe().run(page).response["violations"]}
    page.close()
    assert "critical" in impacts


def test_home_can_be_walked_with_the_keyboard_alone(address: str, browser: Browser) -> None:
    page = sign_in(browser, address, OWNER)
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
        if page.evaluate("document.activeElement === document.body"):
            break
    page.keyboard.press("/")
    focused = page.evaluate("document.activeElement.name")
    page.close()
    assert {"/policies/", "/listening/"} <= seen
    assert focused == "q", "the slash key puts the cursor into Find"


def test_an_employee_sees_their_own_home_and_not_the_owners(address: str, browser: Browser) -> None:
    page = sign_in(browser, address, EMPLOYEE, 390)
    text = page.inner_text("main")
    refused = page.goto(f"{address}/journal")
    page.close()
    assert "Joana" in text
    assert not re.search(r"seven questions", text)
    assert refused is not None
    assert refused.status == 403


def test_bold_numbers_on_home_open_the_records_behind_them(address: str, browser: Browser) -> None:
    page = sign_in(browser, address, OWNER)
    page.goto(address + "/")
    links = page.eval_on_selector_all(".q .a a", "all => all.map(each => each.getAttribute('href'))")
    assert links, "no number on Home opens anything"
    for link in links:
        response = page.goto(address + link)
        assert response is not None
        assert response.status == 200, f"{link} answered {response.status}"
    page.close()

"""Do the rules on law fire on a frame with its object, keep quiet on near misses, and only where that law holds?"""

import pytest

from handrail.policy.lint import Finding, lint
from handrail.policy.lint.run import ADVICE
from handrail.policy.text import read_policy


def law(text: str, countries: tuple[str, ...] = (), *, public: bool = False, sector: str = "") -> list[Finding]:
    found = lint(read_policy(text.encode(), "policy.md"), countries=countries, public=public, sector=sector)
    return [each for each in found if each.rule.startswith("LAW")]


def fired(text: str, countries: tuple[str, ...] = (), *, public: bool = False) -> set[str]:
    return {each.rule for each in law(text, countries, public=public)}


FIRES = [
    ("LAW-01", "Do not disparage the company."),
    ("LAW-01", "Employees must not:\n\n- criticise their managers\n- be late"),
    ("LAW-01", "## Don't\n\n- Make negative comments about your colleagues"),
    ("LAW-02", "Staff must not harm the reputation of the firm."),
    ("LAW-02", "Posts that bring us into disrepute may lead to dismissal."),
    ("LAW-03", "Never share confidential information."),
    ("LAW-04", "You must not discuss your salary online."),
    ("LAW-04", "Complaints must be kept internal."),
    ("LAW-05", "Posts must be courteous."),
    ("LAW-06", "Do not talk to journalists."),
    ("LAW-06", "You must not comment on any legal matters."),
    ("LAW-07", "You must ask your manager before you post on your personal account about work."),
    ("LAW-08", "You must not post about politics."),
    ("LAW-09", "Do not friend your colleagues."),
    ("LAW-09", "Staff must report inappropriate posts by other employees."),
    ("LAW-10", "You must not use the logo."),
    ("LAW-11", "Applicants must provide the password of their personal account."),
    ("LAW-14", "We monitor the personal accounts of staff."),
    ("LAW-14", "There is no expectation of privacy."),
    ("LAW-15", "You represent the brand at all times."),
    ("LAW-15", "Staff may not use a pseudonym."),
    ("LAW-16", "A line in your bio is sufficient disclosure."),
    ("LAW-16", "Staff must share company posts."),
]
QUIET = [
    ("LAW-01", "You can criticise a decision of ours."),
    ("LAW-01", "Do not disparage competitors or their customers."),
    ("LAW-01", "Do not harass, threaten or disparage colleagues because of race."),
    ("LAW-02", "Our reputation rests on good service."),
    ("LAW-02", "Do not harm our reputation, for example by posting a fake bill."),
    ("LAW-03", "Never share confidential information such as source code, customer lists and launch dates."),
    ("LAW-03", "Do not share confidential details of customers."),
    ("LAW-03", "## Secrets\n\nNever share confidential information.\n\nYou may talk about your pay and conditions."),
    ("LAW-04", "Do not use social media during working hours."),
    ("LAW-04", "Do not post the opening hours before launch."),
    ("LAW-04", "You are free to discuss wages and conditions."),
    ("LAW-04", "Nothing here stops you from talking about pay."),
    ("LAW-05", "Posts must not be offensive, such as threats, bullying or racist jokes."),
    ("LAW-05", "We hope that talk stays courteous."),
    ("LAW-06", "Do not speak to the media on our behalf."),
    ("LAW-06", "Do not post on social media while you drive."),
    ("LAW-07", "You do not need approval to post on your own account."),
    ("LAW-07", "Ask guests for permission before you post their picture on your account."),
    ("LAW-08", "Do not post about politics on our official accounts."),
    ("LAW-08", "Do not harass anyone for their religion."),
    ("LAW-09", "You must report threats and data leaks that you see in a post."),
    ("LAW-10", "Do not take photos of patients."),
    ("LAW-10", "Do not use the logo to sell goods."),
    ("LAW-11", "We never ask for the password of your private account."),
    ("LAW-11", "Never share the password of your own account."),
    ("LAW-14", "We do not monitor private accounts and we score nobody."),
    ("LAW-15", "Keep passwords safe at all times."),
    ("LAW-16", "A line in your bio is not enough."),
    ("LAW-16", "We never remove bad reviews."),
]


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_a_ban_on_its_object_fires(rule: str, text: str) -> None:
    assert rule in fired(text)


@pytest.mark.parametrize(("rule", "text"), QUIET)
def test_a_near_miss_keeps_quiet(rule: str, text: str) -> None:
    assert rule not in fired(text)


def test_law_of_one_country_is_silent_in_another() -> None:
    text = "Staff must provide the log-in to their private account.\n\nYou must not use the logo."
    assert {"LAW-11", "LAW-10"} <= fired(text, ("US",))
    assert "LAW-10" not in fired(text, ("DE",))
    assert "LAW-10" not in fired(text, ("UK",))
    assert all(source.key != "PWD" for each in law(text, ("DE",)) for source in each.sources)


def test_no_source_of_us_law_shows_outside_the_us() -> None:
    text = "You must not discuss your salary. Never share confidential information. Posts must be polite."
    keys = {source.key for each in law(text, ("GB",)) for source in each.sources}
    assert keys
    assert keys.isdisjoint({"NLRA7", "STERI", "OM12-59", "GC15-04", "GC26-03", "MEDIC"})


def test_a_public_body_hears_of_its_own_law_and_private_law_stays_away() -> None:
    text = "You must not criticise the agency.\n\nWe delete comments that are negative about us."
    assert "LAW-17" in fired(text, ("US",), public=True)
    assert "LAW-17" not in fired(text, ("US",))
    keys = {source.key for each in law(text, ("US",), public=True) for source in each.sources}
    assert "STERI" not in keys


def test_every_finding_on_law_says_that_it_is_advice_and_never_gates() -> None:
    for each in law("You must not discuss your salary. Do not disparage the company."):
        assert each.severity == "counsel"
        assert each.why.endswith(ADVICE)


def test_pay_and_private_log_ins_are_looked_at_first() -> None:
    found = law("You must not discuss your salary. You must not use the logo.")
    assert {each.rule: each.top for each in found if each.rule in ("LAW-04", "LAW-10")} == {
        "LAW-04": True,
        "LAW-10": False,
    }


def test_a_general_note_on_rights_is_not_enough_and_one_beside_the_rule_is() -> None:
    ban = "## Talk\n\nDo not disparage the company.\n\n"
    assert "LAW-12" in fired(ban + "Nothing in this policy limits your legal rights.")
    assert "LAW-12" not in fired(ban + "Nothing here stops you from talking about pay, hours or conditions, by law.")


def test_a_way_to_speak_up_quiets_the_rule_that_misses_one() -> None:
    secret = "Never share confidential information.\n\n"
    assert "LAW-13" in fired(secret)
    assert "LAW-13" not in fired(secret + "You may always report wrongdoing to a regulator.")

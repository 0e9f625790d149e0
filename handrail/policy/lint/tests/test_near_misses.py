"""Does each rule fire on its flaw, and keep quiet on what only looks like it?"""

from datetime import date

import pytest

from handrail.policy.lint import Finding, lint
from handrail.policy.text import read_policy

TODAY = date(2026, 11, 24)


def check(text: str, rule: str, organisation: str = "") -> list[Finding]:
    findings = lint(read_policy(text.encode(), "policy.md"), today=TODAY, organisation=organisation)
    return [finding for finding in findings if finding.rule == rule]


STEPS = "1. Open the app.\n2. Click on new.\n3. Select a picture.\n4. Add the text.\n5. Press send.\n"
NUMBERED_RULES = (
    "1. Posts stand for us.\n2. Kindness comes first.\n3. Guests own their pictures.\n"
    "4. Rights stay yours.\n5. Have fun.\n"
)
PROSE = "We like it when people here talk about their work, and guests trust them for it. "
HARD = (
    "Organisational communications necessitate comprehensive consideration of reputational implications, "
    "particularly regarding all of the confidential information. "
)

FIRES: list[tuple[str, str]] = [
    ("STR-01", "Ask [Department Name] first."),
    ("STR-01", "Ask [team name] first."),
    ("STR-01", "Write to {COMPANY-NAME} first."),
    ("STR-01", "Write to {{ company_name }} first."),
    ("STR-01", "Write to <insert contact> first."),
    ("STR-01", "The start date is TBC."),
    ("STR-01", "See the guide (link here)."),
    ("STR-01", "Lorem ipsum dolor."),
    ("STR-01", "This template will help you write a policy."),
    ("STR-01", "In this section, you should describe the scope."),
    ("STR-01", "Name: ________"),
    ("STR-01", "## Profile pictures (to be updated)\n\nAsk the desk."),
    ("STR-01", "| Role | Name |\n| --- | --- |\n|  |  |\n"),
    ("STR-02", STEPS),
    ("STR-02", "Ask in the #press Slack channel.\n\n" * 4 + "Be kind.\n\n" * 10),
    ("STR-03", "Be kind."),
    ("STR-03", PROSE * 60),
    ("STR-03", "# Summary\n\nBe kind.\n\n# Rules\n\n" + PROSE * 170),
    ("STR-04", "Please contact Maria Lindqvist with any question."),
    ("STR-04", "## Owners\n\n- Press: Tomas Okafor"),
    ("STR-04", "---\nowner: Maria Lindqvist\n---\n\nBe kind."),
    ("STR-04", "Write to the Director of News, Tomas Okafor, first."),
    ("STR-05", "# One\n\nText.\n\n### Three\n\nText."),
    ("STR-05", "- One\n-\n- Three"),
    ("STR-05", "![](picture.png)"),
    ("STR-05", "Read [click here](https://a.example)."),
    ("STR-05", "Read Facebook](https://a.example) first."),
    ("STR-05", "1. One\n2. Two\n4. Four"),
    ("STR-05", "## 1. Scope\n\nText.\n\n## 3. Rules\n\nText."),
    (
        "STR-06",
        "Employees must ask. Employees should ask. Employees may ask. Team members must wait. Team members may go.",
    ),
    ("STR-07", "You must share waiting times online.\n\nYou must not share waiting times online."),
    ("STR-07", "Answer guests' questions within 24 hours.\n\nAnswer guests' questions within three days."),
    ("STR-07", "We keep counts of posts for 12 months.\n\nWe keep counts of posts for two years."),
    ("STR-07", (PROSE + "\n\n") * 2),
    ("CUR-01", "Be kind."),
    ("CUR-01", "---\nversion: 1\neffective: 1 May 2026\nnext review: 1 May 2027\nstatus: draft\n---\n\nBe kind."),
    ("CUR-01", "Version 1, effective 1 May 2026, next review 1 May 2027.\n\n**DRAFT**\n\nBe kind."),
    ("CUR-02", "Next review: 1 March 2026"),
    ("CUR-02", "Last updated: 2 April 2025"),
    ("CUR-02", "Adopted by the Board on 20-Oct-2020"),
    ("CUR-03", "We follow the Data Protection Act 1998."),
    ("CUR-03", "We follow the DPA 1998."),
    ("CUR-03", "See Directive 95/46/EC."),
    ("CUR-03", "We follow the Privacy Act 1993."),
    ("CUR-03", "We follow the State Sector Act 1988."),
    ("CUR-03", "The Consumer Protection from Unfair Trading Regulations 2008 apply."),
    ("CUR-03", "Last reviewed: 1 June 2023. Handbooks follow Stericycle."),
    ("CUR-04", "Post it on Twitter and LinkedIn, Facebook and others."),
    ("CUR-04", "Post it on Google+ as well."),
    ("CUR-04", "Post it on Vine too."),
    ("CUR-04", "Facebook is for news. Facebook is for thanks. Facebook is for prizes."),
    ("CUR-05", "We may change this policy without notice."),
    ("CUR-05", "Be kind."),
    ("CLR-01", "We like it when " + "people and " * 12 + "their friends talk about our work."),
    ("CLR-02", HARD * 6),
    ("CLR-03", "Staff shall ask first."),
    ("CLR-03", "Ask pursuant to the rule and/or the law."),
    ("CLR-04", "Requests must be sent before noon."),
    ("CLR-04", "Comments should not be deleted."),
    ("CLR-05", "You must use common sense."),
    ("CLR-05", "Behave in a professional manner. Avoid excessive use."),
    ("CLR-06", "Ask the DPO first."),
    ("CLR-06", "Read the OKRs first."),
    ("CLR-07", "Do not post unless you are sure."),
    ("CLR-07", "You must not:\n\n- share pictures without consent"),
    ("CLR-07", "It is not uncommon to ask."),
    ("CLR-07", "Anyone can post except on Mondays, unless told."),
    ("CLR-08", "You should refrain from jokes."),
    ("CLR-08", "Staff are expected to ask first."),
    ("CLR-08", "You must keep the tone warm.\n\nYou should keep the tone warm."),
]

KEEPS_QUIET: list[tuple[str, str]] = [
    ("STR-01", "Read [Our Style Guide](https://a.example) first."),
    ("STR-01", "Read [Our Style Guide][1] first.\n\n[1]: https://a.example"),
    ("STR-01", "He wrote that they [sic] were late [1]."),
    ("STR-01", "Tip: use alt text.\n\nPro Tip: use captions."),
    ("STR-01", "This policy will be updated when new tools come."),
    ("STR-01", "Add a link. Insert the text."),
    ("STR-01", "- [ ] Ask the guest\n- [x] Add a text"),
    ("STR-01", "| Rule | Yes | No |\n| --- | --- | --- |\n| Kindness | yes |  |\n"),
    ("STR-01", "You can find the [link here](https://a.example)."),
    ("STR-01", "Tasks live in our to-do list, and a template for posts is on the wall."),
    ("STR-02", NUMBERED_RULES),
    ("STR-02", "## Contact\n\n- press@a.example\n- help@a.example\n- hr@a.example\n\n" + "Be kind.\n\n" * 10),
    ("STR-03", PROSE * 20),
    ("STR-03", "# At a glance\n\nBe kind.\n\n# Rules\n\n" + PROSE * 60),
    ("STR-04", "Please contact Human Resources or the Legal Department."),
    ("STR-04", "Contact Stony Brook University Police in an emergency."),
    ("STR-04", "Owner: Head of Communications"),
    ("STR-04", "Contact the press desk. Maria Lindqvist won a prize."),
    ("STR-05", "## One\n\nText.\n\n### Two\n\nText.\n\n## Three\n\nText."),
    ("STR-05", "1. One\n1. Two\n1. Three"),
    ("STR-05", "1. One\n2. Two\n\nText.\n\n1. One\n2. Two"),
    ("STR-05", "![A lamp at night](lamp.png)\n\n---\n\n* * *"),
    ("STR-05", "Read [how to get here by train](https://a.example)."),
    ("STR-05", "```\n- \n![](x.png)\n```"),
    ("STR-06", "Employees must ask. Employees should ask. Staff meetings are fun. Employees may go."),
    ("STR-07", "You must share waiting times online.\n\nYou must not share names online."),
    ("STR-07", "You must name the hotel on official pages.\n\nYou must not name the hotel if a guest asks."),
    ("STR-07", "Answer tier 1 questions within one hour.\n\nAnswer tier 2 questions within one day."),
    ("STR-07", "Answer guests within 24 hours.\n\nReport a lost log-in within one hour."),
    ("STR-07", "Answer guests' questions within 24 hours.\n\nAnswer guests' questions within one day."),
    ("STR-07", "Review this policy every year.\n\nThe policy is reviewed annually."),
    ("CUR-01", "Version 2.1, effective from 1 May 2026. Next review: 1 May 2027.\n\nBe kind."),
    (
        "CUR-01",
        "---\nversion: 1\nstart date: 2026-05-01\n---\n\nWe review this policy every year.\n\nDraft your post first.",
    ),
    ("CUR-02", "Next review: 1 March 2027. Last updated: 2 April 2025."),
    ("CUR-02", "Last updated: 2 April 2026"),
    ("CUR-02", "Last updated: 12/2025"),
    ("CUR-02", "Founded on 2 April 1925. In 2019 we won a prize."),
    ("CUR-03", "We follow the Data Protection Act 2018."),
    ("CUR-03", "The Data Protection Act 1998 was replaced in 2018."),
    ("CUR-03", "Last reviewed: 1 June 2026. Handbooks follow Stericycle."),
    ("CUR-03", "We planted 1998 trees and 95/46 shrubs."),
    ("CUR-04", "Post it on X (formerly Twitter), LinkedIn or any other network. Twitter was blue."),
    ("CUR-04", "The vine on our wall is red. Vines grow."),
    ("CUR-04", "Networks such as Facebook come and go. Facebook is one. Facebook is old."),
    ("CUR-05", "We tell everyone by e-mail when the policy changes. We may remove comments without notice."),
    ("CUR-05", "## Version history\n\n- 2.0: shorter"),
    ("CLR-01", "We like it when " + "people and " * 6 + "their friends talk about our work."),
    ("CLR-01", "See https://a.example/" + "a-b-" * 40 + " first."),
    ("CLR-02", HARD * 3),
    ("CLR-02", PROSE * 10),
    ("CLR-03", "Thereby hangs a tale of Marshall and Shallow."),
    ("CLR-04", "Requests must be sent by the press desk."),
    ("CLR-04", "Staff must be aware. You must be prepared. Posts should be balanced."),
    ("CLR-05", "You must use common sense. For example, ask before you name a guest."),
    ("CLR-05", "Use your professional account. Personal and professional pages differ."),
    ("CLR-05", "The appropriate desk is on the left."),
    ("CLR-06", "Ask the Data Protection Officer (DPO). The DPO knows."),
    ("CLR-06", "Ask the DPO (data protection officer) first."),
    ("CLR-06", "The UK and the USA have HR and IT desks. Do NOT panic."),
    ("CLR-06", "PLEASE READ THE WHOLE THING FIRST"),
    ("CLR-07", "Do not lie, do not boast and do not spam."),
    ("CLR-07", "You can post without asking."),
    ("CLR-07", "Ask unless you know."),
    ("CLR-08", "You must keep the tone warm.\n\nYou should keep the pictures small."),
    ("CLR-08", "You should ask. You must wait."),
]


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_a_rule_fires_on_its_flaw(rule: str, text: str) -> None:
    assert check(text, rule)


@pytest.mark.parametrize(("rule", "text"), KEEPS_QUIET)
def test_a_rule_keeps_quiet_on_its_near_miss(rule: str, text: str) -> None:
    assert check(text, rule) == []


def test_a_foreign_name_is_found_when_we_say_whose_policy_it_is() -> None:
    text = "Northgate staff ask first. Northgate staff wait. We speak on behalf of Northgate only when asked."
    assert [finding.quote for finding in check(text, "STR-06", "Harbour Hotels")] == ["Northgate"]
    assert check(text, "STR-06", "Northgate") == []
    assert check(text, "STR-06") == []


def test_only_the_words_that_cite_the_old_law_are_quoted() -> None:
    (finding,) = check("We keep details safe, as the Data Protection Act 1998 asks, in a locked room.", "CUR-03")
    assert finding.quote == "Data Protection Act 1998"
    assert "UK-DPA1998" in [source.key for source in finding.sources]


def test_a_law_still_in_force_on_the_day_of_the_check_is_not_old() -> None:
    text = "The Consumer Protection from Unfair Trading Regulations 2008 apply."
    findings = lint(read_policy(text.encode(), "policy.md"), today=date(2025, 1, 1))
    assert [finding for finding in findings if finding.rule == "CUR-03"] == []

"""Are the rules and the register whole, and do their own words pass the rules they set?"""

import re
from datetime import date

from handrail.policy.clause import Document
from handrail.policy.lint import rules
from handrail.policy.lint.detectors import DETECTORS
from handrail.policy.lint.detectors.sentences import LONG
from handrail.policy.lint.finding import Context
from handrail.policy.lint.readability import measure
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.register import GONE, register, replaced_authorities, sources
from handrail.policy.lint.rulebook import Applies
from handrail.policy.lint.run import ADVICE
from handrail.policy.lint.sentences import split_sentences, words_of
from handrail.policy.lint.words import phrases, words

SECTION_2 = set(
    """
    NLRA7 STERI GC26-03 MEDIC OM12-59 GC15-04 FTC255 FTC465 REGFD SECMKT FINRA 21F-17 HIPAA FDA PWD OFFDUTY 1A-EMP
    LINDKE FEDETH ADA-T2 UK-ADS ICO-MW ACAS UK-CS UK-WB BARB GDPR-W EU-CON EU-WB AI-ACT AU-APS AU-PAGE NZ-PSC COPY
    """.split()
)
SIZES = (("STR", 7), ("CUR", 5), ("CLR", 8), ("COV", 17), ("LAW", 17), ("BAL", 6))
SIXTY = [f"{group}-{number:02}" for group, size in SIZES for number in range(1, size + 1)]


def _spoken() -> list[str]:
    """Every sentence a rule says to a person, its fields filled as they usually are."""
    texts = [text for rule in rules().values() for text in (*rule.messages.values(), rule.why, rule.fix)] + [ADVICE]
    return [re.sub(r"\{\w+\}", "12", text) for text in texts]


def test_sixty_rules_in_six_groups_each_have_a_record_and_a_detector() -> None:
    assert list(rules()) == SIXTY
    assert set(DETECTORS) == set(SIXTY)


def test_every_citation_is_in_the_register() -> None:
    cited = {key for rule in rules().values() for key in rule.citations}
    assert cited <= set(register())


def test_the_register_holds_the_whole_seed_with_status_and_date() -> None:
    assert set(register()) >= SECTION_2
    for authority in register().values():
        assert authority.status in {"in force", "superseded", "contested", "draft", "repealed", "advice"}
        assert authority.checked_on == date(2026, 11, 24)
        assert authority.verified
        assert authority.duty.endswith(".")
        assert {*authority.replaces, *authority.contested_by} <= set(register())


def test_what_no_longer_holds_says_since_when_and_what_came_after() -> None:
    gone = [authority for authority in register().values() if authority.status in GONE and authority.names]
    assert len(gone) >= 6
    assert all(authority.replaced_on and authority.replaced_by for authority in gone)
    assert "UK-CPR2008" not in [each.key for each in replaced_authorities(date(2025, 4, 5))]
    assert "UK-CPR2008" in [each.key for each in replaced_authorities(date(2025, 4, 6))]


def test_a_contested_case_brings_the_other_side_along() -> None:
    assert [source.key for source in sources(["STERI"], frozenset())] == ["STERI", "MEDIC", "GC26-03"]


def test_sources_of_other_countries_stay_away_when_others_are_near() -> None:
    assert [source.key for source in sources(["FTC255", "UK-ADS"], frozenset({"GB"}))] == ["UK-ADS"]
    assert [source.key for source in sources(["FTC255"], frozenset({"GB"}))] == ["FTC255"]


def test_no_sentence_a_rule_says_is_longer_than_it_allows() -> None:
    long = [each for text in _spoken() for each in split_sentences(text) if len(words_of(each)) > LONG]
    assert long == []


def test_all_messages_together_read_at_grade_9_or_less() -> None:
    assert measure("\n\n".join(_spoken())).grade <= 9


def test_no_message_calls_a_wording_unlawful_or_shouts() -> None:
    assert [text for text in _spoken() if "unlawful" in text.lower() or "illegal" in text.lower() or "!" in text] == []


def test_plain_words_say_what_to_do_and_lists_are_not_empty() -> None:
    assert all(
        advice.startswith(("write", "leave", "use", "give", "say")) for advice in phrases("plain_words").values()
    )
    assert "FAQ" in words("known_short_forms")


def test_a_rule_speaks_only_where_it_applies() -> None:
    def here(countries: set[str], sector: str = "", public: bool = False) -> Context:
        return Context(Reading(Document(())), date(2026, 11, 24), frozenset(countries), sector, public)

    assert Applies().to(here({"GB"}))
    assert Applies(countries=("US",)).to(here(set()))
    assert Applies(countries=("US",)).to(here({"US", "GB"}))
    assert not Applies(countries=("US",)).to(here({"GB"}))
    assert not Applies(sectors=("health",)).to(here(set(), "retail"))
    assert Applies(sectors=("health",)).to(here(set(), "health"))
    assert not Applies(public=True).to(here(set()))
    assert Applies(public=True).to(here(set(), public=True))


def test_all_rules_on_law_ask_counsel_and_nothing_else_does() -> None:
    for rule in rules().values():
        assert (rule.severity == "counsel") == rule.id.startswith("LAW") == rule.needs_counsel


def test_an_authority_for_private_employers_is_left_out_for_a_public_body() -> None:
    near = sources(["OM12-59", "1A-EMP"], frozenset({"US"}), public=True, strict=True)
    assert [source.key for source in near] == ["1A-EMP"]
    assert sources(["OM12-59"], frozenset({"US"}), public=True, strict=True) == ()

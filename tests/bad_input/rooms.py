"""A house in which vetting, policy and strategy hold something, and the addresses and keys of what they hold."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from handrail.people.testing import Cast
from handrail.policy.actions import (
    ProcedureWords,
    Proposal,
    import_policy,
    propose_amendment,
    write_procedure,
)
from handrail.policy.models import Policy, Version
from handrail.policy.reads import text_clauses
from handrail.policy.testing import in_vetting, published
from handrail.strategy.actions import (
    GoalText,
    InitiativeText,
    PurposeText,
    propose_initiative,
    propose_purpose,
    set_goal,
)
from handrail.vetting.actions import invite_outsider, remark
from handrail.vetting.models import Remark, Round

FIRST = b"# Post\n\nBe kind.\n\nAsk before you name a guest.\n\nYou may talk about your pay.\n"
CELL = ("share", "employees")


@dataclass(frozen=True, slots=True)
class House:
    """The cast, a policy in force, its next version out for vetting with a remark, and who may follow which link."""

    people: Cast
    policy: Policy
    force: Version
    version: Version
    round: Round
    remark: Remark
    token: str
    keys: dict[str, str]


def furnished(people: Cast) -> House:
    """Put one of everything in."""
    ana, eva = people.ana, people.eva
    report = import_policy(FIRST, "post.md", title="Post", key="post", by=ana)
    force = published(report.version, people)
    later = import_policy(FIRST.replace(b"Ask", b"Always ask"), "b.md", title="Post", key="post", by=ana).version
    round = in_vetting(later, people)
    said, _ = remark(round, by=people.ben, body="Say how.")
    outsider, token = invite_outsider(round, "Union rep", by=ana)
    procedure = write_procedure(None, ProcedureWords("Name a guest", "IT", "1. Ask.\n2. Write it down.", ana), by=ana)
    clause = text_clauses(later)[1].key
    amendment = propose_amendment(report.policy, Proposal("It is unclear.", wording="Be brief."), by=eva)
    goal = set_goal(GoalText("Guests return", owner=ana), by=ana)
    text = PurposeText("Cook together", "Choose one dish a season.", owner=eva, cells=(CELL,), goals=(goal,))
    purpose = propose_purpose(text, by=ana)
    initiative = propose_initiative(purpose, InitiativeText("Harvest", eva, (CELL,), "", "m", "s", "v", "o"), by=eva)
    keys = {
        "policy": "post",
        "staff": "1",
        "pk": str(round.pk),
        "uid": said.uid,
        "token": token,
        "interest": "legal",
        "clause": clause,
        "amendment": str(amendment.pk),
        "number": str(later.number),
        "procedure": str(procedure.number),
        "outsider": str(outsider.pk),
        "purpose": purpose.key,
        "initiative": initiative.key,
        "goal": goal.key,
        "language": "de",
    }
    return House(people, report.policy, force, Version.objects.get(pk=later.pk), round, said, token, keys)


def addresses() -> list[str]:
    """Every address below the rooms of the issue, as its pattern."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, prefix + str(each.pattern))
            else:
                found.append(prefix + str(each.pattern))

    walk(get_resolver().url_patterns, "/")
    rooms = ("/policies/", "/vetting/", "/strategy/", "/account/tokens")
    return [address for address in found if address.startswith(rooms)]


def filled(address: str, keys: dict[str, str], verb: str = "keep") -> str:
    """The address with the keys of what the house holds."""
    out = address
    for part, name in (("/procedures/", "procedure"), ("/outsiders/", "outsider")):
        if part in address and name in keys:
            out = out.replace("<int:number>", keys[name])
    own = "initiative" if "/initiatives/" in address else "purpose" if "/strategy/" in address else "policy"
    own = "staff" if re.search("/(gaps|roles|delegations)/", address) else own
    out = out.replace("<slug:key>", keys.get(own, "987654321")).replace("<slug:verb>", verb)
    out = out.replace("<slug:ending>", "html").replace("<int:at>", "0")

    def sample(found: re.Match[str]) -> str:
        kind, _, name = found[1].rpartition(":")
        return keys.get(name, "1" if kind == "int" else "nothing-here")

    return re.sub(r"<([\w:]+)>", sample, out)


def verbs_of(address: str) -> list[str]:
    """What may stand for <slug:verb> in an address, and one word that may not."""
    if "/ownership/" in address:
        return [
            *"propose letters fix undo agree drop waive import delegate end-delegation offer take decline".split(),
            "x",
        ]
    if "<slug:verb>" not in address:
        return [""]
    return ["approve", "reopen", "keep", "drop", "live", "close", "x"]

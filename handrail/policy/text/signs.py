"""Which signs in the words added to a rule, or taken from it, say that it asks more or less; and which leave doubt?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.policy.clause import Clause
from handrail.policy.text.duty import frame_of, is_imperative, plain_quotes
from handrail.policy.text.words import Piece

_EXCEPTION = re.compile(
    r"\b(?:unless|except(?:ing|ion)?|other than|apart from|excluding|does not apply|not include)\b", re.I
)
_SOFTENER = re.compile(
    r"\b(?:where possible|if (?:you can|possible)|when(?:ever)? possible|usually|normally|generally|in most cases"
    r"|try to|aim to|as far as possible|where practical)\b",
    re.I,
)
_SCOPE = re.compile(
    r"\b(?:all|any|every|each|always|at (?:all times|any time)|anyone|everyone|everybody|whoever|anything|anywhere"
    r"|includ(?:ing|es?)|whatever|either)\b",
    re.I,
)
_ONLY = re.compile(r"\bonly\b", re.I)
_GATE = re.compile(r"\b(?:consent|permission|approval|agreement|authori[sz]ation|sign-off)\b", re.I)
_WITHOUT = re.compile(r"\bwithout (?:\w+ ){0,3}?\w+", re.I)
_BAN = re.compile(
    r"(?:(?:^|[.!?;,:(\"–—]\s*|\b(?:please|and|but|or|also|you|then)\s+)(?P<order>(?:never|do not|don't)"
    r"\s+(?!(?:have|need) to\b|worry\b|hesitate\b)(?P<first>\w+)[^.!?;,]{0,60})"
    r"|(?P<modal>\b(?:(?:must|shall|may|should)(?: \w+)? (?:not|never)|mustn't|shouldn't|not (?:allowed|permitted) to"
    r"|(?:prohibited|forbidden|banned|refrain) from)\s+(?:be )?(?P<second>\w+)[^.!?;,]{0,60}))",
    re.I,
)
# A reason or an example asks nothing by itself; it ends where the sentence ends or a duty takes over again.
_REASON = re.compile(
    r"[,;:(–—]?\s*\b(?:because|so that|in order to|for example|for instance|e\.g\.|examples?:)"
    r"(?:(?!,? (?:and|but|or) (?:you )?(?:must|shall|should|may|never|do not|don't)\b|\bunless\b|\bexcept\b)[^.!?;])*",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
CONDITION = re.compile(r"^(?:if|when|whenever|where|before|after|once)\b[^,]*,\s*(?:then |please )?", re.I)
_JOINED = re.compile(r"(?:,|;|\band\b|\bor\b)", re.I)
_LADDER = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:spoken to|talk(?:ed)? (?:to|with)|reminder|reminded|conversation)\b",
        r"\bwarn(?:ing|ed)\b",
        r"\bdisciplin\w+",
        r"\bsuspen\w+",
        r"\b(?:dismiss\w+|terminat\w+|prosecut\w+|fired|legal action)\b",
    )
)
_SWAPS = (
    (re.compile(r"\bafter\b", re.I), re.compile(r"\bbefore\b", re.I)),
    (re.compile(r"\bserious\b|\bmajor\b", re.I), re.compile(r"\bany\b|\bevery\b|\ball\b", re.I)),
)
_DOUBT = re.compile(
    r"\b(?:must|shall|should|ought|may|can|could|required?|requires|need(?:s|ed)? to|ha(?:ve|s) to|expected|obliged"
    r"|mandatory|allowed|permitted|free to|encouraged|responsible|not|never|no|nor|none|neither|cannot|\w+n't"
    r"|prohibit\w*|forbid\w*|forbidden|banned|avoid|refrain|only|all|any|every|each|always|everyone|anyone|anything"
    r"|anywhere|includ(?:ing|es?)|whatever|either|unless|except\w*|other than|apart from|excluding|without|if|while"
    r"|when|whenever|until|before|after|within|at least|at most|more than|less than|usually|normally|generally|try to"
    r"|aim to|consent|permission|approval|agreement|authori[sz]ation|sign-off|\d[\d.,]*|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve|twenty|thirty)\b",
    re.I,
)
_ALLOWS = frozenset({"may", "can", "could", "allowed", "permitted", "free to", "encouraged"})


@dataclass(frozen=True, slots=True)
class Sign:
    """What one sign says: `way` above 0 asks more, below 0 less; `lifts` marks a ban or a consent that is gone."""

    way: int
    what: str
    lifts: bool = False


def sanction_turn(old: str, new: str) -> int:
    """Whether the consequence that is named became harder (1), milder (-1) or stayed (0)."""
    was = max((at for at, step in enumerate(_LADDER) if step.search(old)), default=-1)
    now = max((at for at, step in enumerate(_LADDER) if step.search(new)), default=-1)
    return 0 if was < 0 or now < 0 else (now > was) - (now < was)


def told(pieces: tuple[Piece, ...], op: str) -> str:
    """The words added, or those removed, in one string."""
    return plain_quotes(" ".join(piece.text.strip() for piece in pieces if piece.op == op))


def asking(words: str) -> str:
    """The words without reasons and examples, and without sentences that only allow something."""
    sentences = _SENTENCE.split(_REASON.sub("", words).strip())
    return " ".join(each for each in sentences if frame_of(each) != "may").strip(" .,;:")


def signs_of(old: Clause, new: Clause, added: str, removed: str) -> list[Sign]:
    """Every sign in what `added` and `removed` do to a clause, bans and consent first."""
    asks, asked = asking(added), asking(removed)
    freedom = new.frame == "may"
    found = [*_bans(old.text, new.text), *_gates(old, new), *_ways_round(old, new, asks, asked)]
    found += _lone_words(asks, 1, freedom) + _lone_words(asked, -1, freedom)
    found += _swaps(new, added, removed)
    return [*found, *_lists(old, new, _REASON.sub("", added), _REASON.sub("", removed))]


def _swaps(new: Clause, added: str, removed: str) -> Iterator[Sign]:
    """“After” that became “before” asks sooner; “before or after” leaves the choice."""
    if new.frame == "may" or "not" in new.frame:
        return
    late, early = _SWAPS[0]
    if late.search(removed) and early.search(added) and not late.search(added):
        yield Sign(1, "asks for it before and no longer after")
    elif early.search(removed) and late.search(added) and not early.search(added):
        yield Sign(-1, "asks for it after and no longer before", lifts=True)
    elif re.search(r"\bor after\b", added, re.I) and not removed.strip(" ,"):
        yield Sign(-1, "leaves it open whether before or after", lifts=True)


def _bans(old: str, new: str) -> Iterator[Sign]:
    was, now = _bans_in(old), _bans_in(new)
    fewer = Counter(verb for verb, _ in was) - Counter(verb for verb, _ in now)
    more = Counter(verb for verb, _ in now) - Counter(verb for verb, _ in was)
    if fewer and not more:
        yield Sign(-1, f"no longer says “{_only_in(was, now, fewer)}”", lifts=True)
    if more and not fewer:
        yield Sign(1, f"now says “{_only_in(now, was, more)}”")


def _bans_in(text: str) -> list[tuple[str, str]]:
    """What a text forbids: each verb, and the words that forbid it."""
    return [
        ((found["first"] or found["second"]).lower(), (found["order"] or found["modal"]).strip())
        for found in _BAN.finditer(plain_quotes(text))
    ]


def _only_in(these: list[tuple[str, str]], those: list[tuple[str, str]], verbs: Counter[str]) -> str:
    """The words of a ban that one text has and the other has not."""
    alone = [each for each in these if each[0] in verbs and each not in those]
    return (alone or [each for each in these if each[0] in verbs])[0][1]


def _gates(old: Clause, new: Clause) -> Iterator[Sign]:
    """A consent or approval that a rule asks people to have."""
    if "not" in old.frame or "not" in new.frame or not (old.frame in ("must", "should", "may") or old.kind == "do"):
        return
    was, now = _gate(old.text), _gate(new.text)
    if was and not now:
        yield Sign(-1, f"no longer speaks of “{was[0].lower()}”", lifts=True)
    if now and not was:
        yield Sign(1, f"now speaks of “{now[0].lower()}”")


def _gate(text: str) -> re.Match[str] | None:
    """A consent that is asked for; “needs no approval” asks for none."""
    found = _GATE.search(text)
    return (
        None
        if found and re.search(r"\b(?:no|without|not need(?: \w+)?)\s+(?:\w+\s+)?$", text[: found.start()])
        else found
    )


def _ways_round(old: Clause, new: Clause, added: str, removed: str) -> Iterator[Sign]:
    """“Without approval” in a ban leaves a way round it; where other words take its place, nobody can tell by rule."""
    if "not" not in old.frame or "not" not in new.frame:
        return
    gone, come = _WITHOUT.search(removed), _WITHOUT.search(added)
    if gone and not added:
        yield Sign(1, f"no longer says “{gone[0]}”, so the ban holds in every case")
    if come and not removed:
        yield Sign(-1, f"now bans it only “{come[0]}”")


def _lone_words(words: str, way: int, freedom: bool) -> list[Sign]:
    """Exceptions, softeners, “only” and words of scope; more scope for what people may do asks less of them."""
    no_longer = "" if way > 0 else "no longer "
    if _EXCEPTION.search(words):
        return [] if freedom else [Sign(-way, f"{no_longer or 'now '}makes an exception")]
    found = []
    if _SOFTENER.search(words) and not freedom:
        found.append(Sign(-way, f"{no_longer or 'now '}leaves room to do otherwise"))
    if _ONLY.search(words):
        found.append(Sign(way, f"{no_longer or 'now '}says “only”"))
    scope = _SCOPE.search(words)
    if scope:
        verb = "allows" if freedom else "covers"
        what = f"{verb} {'more' if way > 0 else 'less'} (“{scope[0].lower()}”{'' if way > 0 else ' is gone'})"
        found.append(Sign(-way if freedom else way, what))
    return found


def _lists(old: Clause, new: Clause, added: str, removed: str) -> Iterator[Sign]:
    """Words only added to, or only taken from, a rule: a longer list of duties or bans asks more, of freedoms less."""
    if new.kind not in ("do", "don't") or old.kind != new.kind:
        return
    freedom = new.frame == "may"
    more_orders = _orders(new.text) - _orders(old.text)
    if more_orders:
        yield from [] if freedom else [Sign(more_orders, "adds an order" if more_orders > 0 else "drops an order")]
    elif _joins(added) and not removed.strip():
        yield Sign(-1 if freedom else 1, "names more than before")
    elif _joins(removed) and not added.strip():
        yield Sign(1 if freedom else -1, "names less than before")


def _joins(words: str) -> bool:
    """Whether the words add a member to a list or a further duty: “, a room or a table”, “and say where”."""
    plain = words.strip(" .")
    if not any(each.isalnum() for each in plain) or frame_of(plain) == "may":
        return False
    return bool(_JOINED.match(plain) or re.search(r",? (?:and|or)$", plain, re.I))


def _orders(text: str) -> int:
    """How many of the sentences are an order or state a duty, a condition before it or not."""
    sentences = _SENTENCE.split(_REASON.sub("", plain_quotes(text)).strip())
    return sum(is_imperative(CONDITION.sub("", each)) or frame_of(each) in ("must", "should") for each in sentences)


def doubt(added: str, removed: str) -> str:
    """Why nobody can say by rule whether the words ask more or less; empty where none of them could."""
    if (added or removed) and not any(each.isalnum() for each in _REASON.sub("", f"{added} ¶. {removed}")):
        return "Only a reason or an example changed."
    come, gone = _doubtful(added), _doubtful(removed)
    if not come and not gone:
        return ""
    if come and not gone and all(each in _ALLOWS for each in come):
        return f"It adds {_quoted(come)}, which allows something and asks nothing more."
    said = " and ".join(f"{verb} {_quoted(words)}" for verb, words in (("adds", come), ("drops", gone)) if words)
    return f"It {said}. Handrail can’t tell whether that asks more or less: say which."


def _doubtful(words: str) -> list[str]:
    return list(dict.fromkeys(found[0].lower() for found in _DOUBT.finditer(words)))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words[:4])

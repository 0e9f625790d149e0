"""Does a new wording ask more, less or the same? Rules that can be explained, proposed to the author to confirm."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from handrail.policy.clause import Clause, Frame
from handrail.policy.text.amounts import turned
from handrail.policy.text.duty import frame_of, is_imperative, plain_quotes
from handrail.policy.text.matching import words_of
from handrail.policy.text.phrases import Stance, one_sided, way_of
from handrail.policy.text.sameness import sameness
from handrail.policy.text.signs import CONDITION, doubt, sanction_turn, signs_of, told
from handrail.policy.text.words import Piece, word_pieces

Change = Literal[
    "unchanged", "moved", "editorial", "clarified", "tightened", "loosened", "new", "removed", "split", "merged"
]
_STRENGTH: dict[Frame, float] = {"": 0, "we will": 0, "may": 1, "should": 2, "should not": 2, "must": 3, "must not": 3}
_NOTHING_ASKED = "The words changed, but no duty word, number, scope or exception did."
_REACH = re.compile(r"\b(?:covers?|appl(?:y|ies) to|is (?:for|meant for)|follow(?:s)? this policy|bound by)\b", re.I)
_PLEASE = re.compile(r"^\W*please\b", re.I)
_ALLOWED_IF = re.compile(r"\bonly (?:if|when|after|once|with|where)\b", re.I)
_UNLESS = re.compile(r"\b(?:unless|without|until|except)\b", re.I)
_RULE = re.compile(
    r"\b(?:(?:is|are|has|have|gets?|needs?) \w+|approves?|checks?|sign|reviews?|answers?|carry|carries)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A type of change and the reason for it in one sentence."""

    change: Change
    why: str


# The same words under the other heading say the opposite, so they are never “unchanged”.
_TURNED = {
    ("do", "don't"): Typed("tightened", "The same words stood among the do’s and are a don’t now."),
    ("don't", "do"): Typed("loosened", "The same words stood among the don’ts and are a do now."),
}


def type_of(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    """The type of a clause that is in both texts and did not simply move."""
    if old.text == new.text:
        return _TURNED.get((old.kind, new.kind), Typed("unchanged", "The words are the same."))
    return _typed(_bare(old), _bare(new), pieces)


def _bare(clause: Clause) -> Clause:
    """What the type of a change depends on, so that a clause that only moved down a line is not typed again."""
    return Clause("", clause.kind, "", clause.text, 0, 0, frame=clause.frame)


@lru_cache(maxsize=4096)
def _typed(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    same = sameness(old.text, new.text)
    if same and not _lead_turned(old, new):
        return Typed("editorial", same)
    by_phrase = _by_phrase(old, new, pieces)
    by_signs = by_phrase or _by_signs(old, new, pieces)
    by_duty = _by_duty(old, new)
    if by_duty and by_duty.change == "tightened" and by_signs.change == "loosened":
        return Typed(by_duty.change, f"{by_duty.why} But: {by_signs.why[:1].lower()}{by_signs.why[1:]}")
    return by_duty or by_signs


def _lead_turned(old: Clause, new: Clause) -> bool:
    """Whether what stands over the clause made a do of a don’t meanwhile, or its words were read as another duty."""
    if {old.kind, new.kind} == {"do", "don't"}:
        return True
    return (
        old.frame != new.frame and frame_of(old.text) == frame_of(new.text) and words_of(old.text) != words_of(new.text)
    )


def stance_of(clause: Clause) -> Stance:
    """What a clause does: ask, forbid, allow, say whom it reaches, or none of these."""
    if _REACH.search(clause.text) and not is_imperative(clause.text):
        return "reach"
    if "not" in clause.frame or clause.kind == "don't":
        return "ban"
    if clause.frame == "may":
        return "freedom"
    if clause.frame in ("must", "should") or clause.kind == "do":
        return "duty"
    return "plain"


def _strength(clause: Clause) -> float:
    if clause.frame in ("", "we will"):
        bare = CONDITION.sub("", clause.text)
        orders = is_imperative(_PLEASE.sub("", bare)) and (clause.kind in ("do", "don't") or bare != clause.text)
        return (2.5 if _PLEASE.match(clause.text) else 3) if orders else 0
    return _STRENGTH[clause.frame]


def _by_duty(old: Clause, new: Clause) -> Typed | None:
    """A clause whose duty word changed, in itself or in the lead-in or heading over it."""
    if old.frame == new.frame:
        return None
    was, now = _strength(old), _strength(new)
    if "not" in old.frame and _UNLESS.search(old.text) and "not" not in new.frame and _ALLOWED_IF.search(new.text):
        return Typed(
            "clarified", "A ban with a way round it is now allowed “only” on a condition, which may ask the same."
        )
    if "not" in new.frame and "not" not in old.frame:
        return Typed("tightened", f"It now says “{new.frame}”, which it did not before.")
    if "not" in old.frame and "not" not in new.frame:
        said = f"says “{new.frame}”" if new.frame else "states no duty"
        return Typed("loosened", f"It said “{old.frame}” and now {said}.")
    if was == now or {was, now} == {0, 1}:
        return None
    words = (f"“{old.frame}”" if old.frame else "no duty", f"“{new.frame}”" if new.frame else "no duty")
    return Typed("tightened" if now > was else "loosened", f"The duty goes from {words[0]} to {words[1]}.")


def _by_phrase(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed | None:
    """Where words were only put in or only taken out, what that phrase is says what it asks."""
    lead = _lead_condition(old, new)
    if lead:
        return lead
    found = one_sided(pieces) or one_sided(word_pieces(old.text.lower(), new.text.lower()))
    if found is None or old.frame != new.frame:
        return None
    words, put, after = found
    longer = new if put > 0 else old
    if re.search(r"[.!?]\s+\S", words.strip(" .")) or re.match(r"^[\s.!?]*[.!?]\s", words) or not after.strip(" .!?"):
        whole = _by_sentence(old, new, put)
        if whole or re.search(r"[.!?]\s+\S", words.strip(" .")) or re.match(r"^[\s.!?]*[.!?]\s", words):
            return whole
    at_start = longer.text.lower().startswith(words.strip().lower())
    way, what = way_of(words, stance_of(longer))
    if not way or (at_start and what not in ("room to do otherwise",)):
        return None
    if what == "a further case" and not (after.strip(" .") or words.strip(" .,;:")):
        return None
    verb = "puts in" if put > 0 else "takes out"
    quoted = " ".join(words.strip(" ,;:").split()[:6])
    return Typed("tightened" if way * put > 0 else "loosened", f"It {verb} {what} (“{quoted}”).")


def _by_sentence(old: Clause, new: Clause, put: int) -> Typed | None:
    """A whole sentence behind the others that states a duty or a ban of its own; one that allows decides nothing."""
    long, short = (new.text, old.text) if put > 0 else (old.text, new.text)
    if not long.startswith(short.rstrip()) or short.rstrip()[-1:] not in ".!?":
        return None
    frame = frame_of(long[len(short.rstrip()) :])
    if frame not in ("must", "must not", "should", "should not"):
        return None
    return Typed(
        "tightened" if put > 0 else "loosened", f"It {'adds' if put > 0 else 'drops'} a sentence with “{frame}”."
    )


def _lead_condition(old: Clause, new: Clause) -> Typed | None:
    """“If you are on duty, don’t post” and “Don’t post”: a condition before the rule came or went."""
    was, now = plain_quotes(old.text), plain_quotes(new.text)
    bare_old, bare_new = CONDITION.sub("", was), CONDITION.sub("", now)
    if words_of(bare_old) != words_of(bare_new) or (was == bare_old) == (now == bare_new):
        return None
    freer = stance_of(new if now == bare_new else old) == "freedom"
    gone = now == bare_new
    more = gone != freer
    verb = "no longer holds only under a condition" if gone else "now holds only under a condition"
    return Typed("tightened" if more else "loosened", f"It {verb}.")


def _by_signs(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    """What the signs say together: a ban or consent that is gone is never hidden behind what was added."""
    added, removed = told(pieces, "ins"), told(pieces, "del")
    signs = signs_of(old, new, added, removed)
    amounts = turned(old.text, new.text, ban=stance_of(new) == "ban", freedom=stance_of(new) == "freedom")
    more = [sign.what for sign in signs if sign.way > 0]
    less = [sign.what for sign in signs if sign.way < 0]
    if amounts and amounts.way == 0 and not signs:
        return Typed("clarified", amounts.why)
    if amounts and amounts.way:
        (more if amounts.way > 0 else less).insert(0, amounts.why[3:-1])
    if sanction := sanction_turn(old.text, new.text):
        (more if sanction > 0 else less).insert(0, f"names a {'harder' if sanction > 0 else 'milder'} consequence")
    lifted = [sign.what for sign in signs if sign.lifts]
    if lifted:
        return Typed("loosened", f"It {lifted[0]}." + (f" But it {more[0]}." if more else ""))
    if more and less:
        both = f"It {more[0]}, but it {less[0]}."
        return Typed("clarified", f"{both} Handrail can’t tell which weighs more: say which.")
    if more or less:
        return Typed("tightened" if more else "loosened", f"It {(more or less)[0]}.")
    return Typed("clarified", doubt(added, removed) or _NOTHING_ASKED)


def type_of_words(old: Clause, new: Clause) -> Typed:
    """The type of a change between two clauses, with the words compared here."""
    return type_of(old, new, word_pieces(old.text, new.text))

"""Plays a round of review from a file of steps: reading, remarks, sides, answers, new words, sign-offs, closing.

Each step goes through the verb that a page calls for that person, so it is refused where a page would refuse it.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from handrail.cli.demo_marks import Step, clause_with, person, read_toml
from handrail.people.models import Person
from handrail.policy.actions import Reason, add_clause, edit_clause, open_vetting
from handrail.policy.models import Version
from handrail.policy.reads import standing_clause
from handrail.vetting import actions as vetting
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import clauses_in


class RoundPlayed:
    """One round on one version, and the remarks that its file gave a name to."""

    def __init__(self, version: Version, path: Path) -> None:
        """Open the round as the file says."""
        told = read_toml(path)
        opened = told["round"]
        self.version, self.told, self.remarks = version, told, dict[str, Remark]()
        self.round: Round = open_vetting(
            version,
            by=person(opened["opened_by"]),
            closes_at=timezone.now() + timedelta(days=opened["days"]),
            asks=opened["asks"],
            anonymous=opened.get("anonymous", False),
            open_to="everyone" if opened.get("open_to") == "everyone" else None,
            required=opened.get("required"),
            left_out=opened.get("left_out"),
        )

    def play(self) -> Round:
        """Every step in order; returns the round as it then stands."""
        verbs: dict[str, Callable[[Step], None]] = {
            "reads": self._reads,
            "looks in": self._looks_in,
            "says": self._says,
            "answers in the thread": self._replies,
            "takes sides": self._takes_sides,
            "settles": self._settles,
            "sees the answers": self._sees,
            "rewords": self._rewords,
            "adds": self._adds,
            "signs": self._signs,
            "invites": self._invites,
            "empties the letterbox": self._empties,
            "clears": self._clears,
        }
        for step in self.told["step"]:
            verbs[step["does"]](step)
        return Round.objects.get(pk=self.round.pk)

    def _reads(self, step: Step) -> None:
        left = tuple(step.get("but_not", ()))
        keys = [each.key for each in clauses_in(self._now()) if each.heading not in left]
        for start in step["who"]:
            vetting.read_clauses(self._now(), keys, by=person(start))

    def _looks_in(self, step: Step) -> None:
        """The first so many people of a function open the text, as far as the clauses under one heading."""
        found = Person.objects.here().filter(function=step["function"]).order_by("pk")[: step["people"]]
        keys = [each.key for each in clauses_in(self._now())]
        for at, each in enumerate(found):
            vetting.read_clauses(self._now(), keys[: len(keys) - at % len(keys)], by=each)

    def _says(self, step: Step) -> None:
        quote = step.get("quote", "")
        said, _ = vetting.remark(
            self._now(),
            by=person(step["who"]),
            clause_key=clause_with(self._text(), quote) if quote else "",
            quote=quote,
            body=step.get("words", ""),
            suggested=step.get("suggested", ""),
            anonymous=step.get("anonymous", False),
            show_group=step.get("show_group", False),
        )
        if "called" in step:
            self.remarks[step["called"]] = said

    def _replies(self, step: Step) -> None:
        vetting.remark(self._now(), by=person(step["who"]), parent=self.remarks[step["to"]], body=step["words"])

    def _takes_sides(self, step: Step) -> None:
        remark = self.remarks[step["on"]]
        for start in step.get("for", ()):
            vetting.stand(remark, True, by=person(start))
        for start in step.get("against", ()):
            vetting.stand(remark, False, by=person(start))

    def _settles(self, step: Step) -> None:
        also = [self.remarks[name] for name in step.get("also", ())]
        by = person(step["who"])
        vetting.dispose(self.remarks[step["remark"]], step["verdict"], step["reason"], by=by, also=also)

    def _sees(self, step: Step) -> None:
        """Whoever said something opens what became of it."""
        for start in step["who"]:
            for each in Remark.objects.filter(round=self.round, person=person(start)):
                vetting.note_answer_seen(each, by=person(start))

    def _rewords(self, step: Step) -> None:
        reword(self._text(), step)

    def _adds(self, step: Step) -> None:
        after = clause_with(self._text(), step["after"])
        add_clause(self._text(), step["words"], by=person(step["who"]), after=after, because=reason_in(step))

    def _signs(self, step: Step) -> None:
        by = person(step["who"])
        vetting.sign(self._now(), step["for"], by=by, condition=step.get("condition", ""))

    def _invites(self, step: Step) -> None:
        by = person(step["who"])
        vetting.invite_outsider(self._now(), step["name"], by=by, organisation=step.get("organisation", ""))

    def _empties(self, step: Step) -> None:
        """What the machine does at night, now, so that a newcomer sees remarks without a name."""
        named = {each.body: each for each in vetting.empty_letterbox(self._now(), all_of_it=True)}
        for name, start in step.get("called", {}).items():
            self.remarks[name] = next(each for body, each in named.items() if body.startswith(start))

    def _clears(self, step: Step) -> None:
        vetting.clear(self._now(), by=person(step["who"]))

    def _now(self) -> Round:
        return Round.objects.get(pk=self.round.pk)

    def _text(self) -> Version:
        return Version.objects.select_related("policy").get(pk=self.version.pk)


def reword(version: Version, step: Step) -> None:
    """Give the clause that says `from` other words there, with the reason that the step names."""
    key = clause_with(version, step["from"])
    standing = standing_clause(version, key)
    words = " ".join(standing.wording.split()) if "\n" in standing.wording else standing.wording
    edit_clause(
        version,
        key,
        words.replace(step["from"], step["to"]),
        by=person(step["who"]),
        base_sha=standing.sha,
        because=reason_in(step),
    )


def reason_in(step: Step) -> Reason | None:
    """Why a clause has these words, where the step says so."""
    return Reason(step.get("kind", "decision"), step["because"]) if "because" in step else None

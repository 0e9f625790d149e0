"""Home: one sentence per question and one next act for those who steer; for everyone else, what is asked of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handrail.kernel.evidence import Answer, NextAct, Said
from handrail.listening.reads import may_listen
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.strategy.reads import live_goals
from handrail.web.ahead import coming_up
from handrail.web.answers import Standing, act_for, kept, readable_by, standing
from handrail.web.context import roles_in_words
from handrail.web.headline import headline, overall_words
from handrail.web.heard import heard_lately
from handrail.web.measures import goals_shown
from handrail.web.own import own_desk
from handrail.web.questions import QUESTIONS, SCORES, Question
from handrail.web.reads import may_see_answers
from handrail.web.returned import returned_this_year
from handrail.web.rooms import address, page_of_question
from handrail.web.views.pictures import heard_picture
from handrail.web.week import DAYS, this_week

GOALS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One question as Home shows it to one person."""

    asked: Question
    answer: Answer
    sentence: tuple[Said, ...]
    act: NextAct | None
    solid: bool
    score: str
    silent: bool
    href: str


@guarded(anyone)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever is signed in."""
    person = person_of(request)
    if may_see_answers(person):
        return _steering(request, person)
    return render(request, "web/own.html", {"own": own_desk(person), "hide_rail": True})


def rows_for(person: Person, stands: Standing) -> list[Row]:
    """The seven rows as this person reads them; the most pressing next act is the one solid button."""
    first = stands.due_first
    rows = []
    for asked, answer in zip(QUESTIONS, stands.answers, strict=True):
        act = act_for(person, answer.next_act)
        solid = bool(act and act.href and first is answer)
        silent = answer.question in stands.silent
        href = page_of_question(person, answer.question)
        sentence = readable_by(person, answer.sentence)
        rows.append(Row(asked, answer, sentence, act, solid, SCORES[answer.score], silent, href))
    return rows


def _steering(request: HttpRequest, person: Person) -> HttpResponse:
    stands = standing()
    rows = rows_for(person, stands)
    heard = kept("heard", heard_lately) if may_listen(person) else None
    goals = list(live_goals())
    shown = {
        "today": timezone.localdate(),
        "role": roles_in_words(person),
        "headline": headline(stands.answers, stands.silent),
        "overall": overall_words(stands.answers),
        "worked_out_at": stands.worked_out_at,
        "rows": rows,
        "first": next((row for row in rows if row.solid), None),
        "returned": kept("returned", returned_this_year),
        "goals": goals_shown(goals[:GOALS_SHOWN]),
        "more_goals": max(len(goals) - GOALS_SHOWN, 0),
        "goals_href": address("strategy:goals"),
        "week": this_week(person),
        "week_since": timezone.localdate() - timedelta(days=DAYS),
        "coming": coming_up(person, stands),
        "heard": heard,
        "heard_picture": heard_picture(heard) if heard else "",
        "listening_href": address("listening:listening"),
        "hide_rail": True,
    }
    return render(request, "web/home.html", shown)

"""The seven questions: their names, how they are asked, and what is said where no room of this version answers one."""

from dataclasses import dataclass

from handrail.kernel.evidence import Answer, Figure, Said

SCORES = ("not started", "drafted", "in use", "shown to work")


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven. `lacking` says in words which record this version does not keep."""

    number: int
    name: str
    short: str
    asks: str
    subject: str
    lacking: str


QUESTIONS = (
    Question(1, "Strategy", "Strategy", "What do we want, and whom does it touch?", "strategy", "goals"),
    Question(
        2,
        "Ownership",
        "Ownership",
        "Who writes the policy, and who keeps it true?",
        "ownership",
        "who is responsible and who is accountable",
    ),
    Question(3, "Vetting", "Vetting", "Has everyone with a stake looked hard?", "vetting", "rounds of vetting"),
    Question(
        4,
        "Informing",
        "Informing",
        "Do people know what we ask, and why?",
        "informing",
        "who was told, who agreed and who learned",
    ),
    Question(
        5,
        "Stewardship",
        "Stewardship",
        "Are we guiding, and is it worth it?",
        "stewardship",
        "stewards, channels or benefit",
    ),
    Question(6, "Coaching", "Coaching", "Can our managers coach this?", "coaching", "coaching"),
    Question(
        7,
        "Missteps and wins",
        "Missteps",
        "What do we change when things go wrong?",
        "learning from missteps",
        "missteps, wins or what came of them",
    ),
)


def question(number: int) -> Question:
    """The question of this number, 1 to 7."""
    return QUESTIONS[number - 1]


def unanswered(number: int) -> Answer:
    """The honest answer where no room provides evidence."""
    asked = question(number)
    words = f"We can’t say yet. Handrail keeps no record of {asked.lacking} in this version."
    return Answer(
        question=number,
        state="open",
        score=0,
        sentence=(Said(words),),
        figure=Figure(0, 0, "No evidence yet"),
        next_act=None,
        worked_from="",
        gist=f"{asked.subject} has no answer yet",
    )

"""The people of the story: an owner, an author, five reviewers and an employee; put in through the real actions."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from handrail.people.actions import create_first_owner, grant_role, import_people, set_password_by_link  # noqa: E402
from handrail.people.actions.accounts import link_parts  # noqa: E402
from handrail.people.models import Person, Role  # noqa: E402
from handrail.strategy.actions import GoalText, set_goal  # noqa: E402

PASSWORD = "harbour-lantern-47-tide"
HEAD = "Staff no,Name,E-mail,Place,Function,Country,Language,Level\n"
WHO = [
    ("yuki", "Yuki Tan", "Communications"),
    ("priya", "Priya Raman", "Legal"),
    ("tomasz", "Tomasz Wilk", "IT"),
    ("adaeze", "Adaeze Nwosu", "Privacy"),
    ("sofia", "Sofia Lindqvist", "Brand"),
    ("dwayne", "Dwayne Ellis", "People"),
    ("joana", "Joana Kaya", "Housekeeping"),
    *[(f"kit{n}", f"Kit Number {n}", "Housekeeping") for n in range(1, 8)],
]
REVIEWERS = {"priya": "legal", "tomasz": "security", "adaeze": "privacy", "sofia": "brand", "dwayne": "employees"}


def main() -> None:
    """Everyone in, with roles and passwords."""
    call_command("migrate", verbosity=0)
    owner = create_first_owner("Maren Castellanos", "maren@story.example", PASSWORD)
    rows = [
        f"{n},{name},{short}@story.example,Galway,{function},IE,en,3"
        for n, (short, name, function) in enumerate(WHO, 10)
    ]
    import_people((HEAD + "\n".join(rows) + "\n").encode(), "people.csv", by=owner)
    owner.refresh_from_db()
    grant_role(_person("yuki"), Role.AUTHOR, by=owner)
    for short, interest in REVIEWERS.items():
        grant_role(_person(short), Role.REVIEWER, interest=interest, by=owner)
    for short in ("yuki", *REVIEWERS, "joana"):
        set_password_by_link(*link_parts(_person(short)), PASSWORD)
    set_goal(GoalText("People trust what we say"), by=owner, key="trust")


def _person(short: str) -> Person:
    return Person.objects.get(email=f"{short}@story.example")


main()

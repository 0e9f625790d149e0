"""Puts the journal's guards up again, where someone took them away or a table was rebuilt."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from handrail.kernel.guards import lift, missing_guards, put_up


class Command(BaseCommand):
    """Make the database refuse changes to the journal again."""

    help = "Make the database refuse changes to the journal again. Run “handrail verify” before you do."

    def handle(self, **options: Any) -> None:
        """Put up what is missing."""
        missing = missing_guards()
        with transaction.atomic():
            lift(connection)
            put_up(connection)
        self.stdout.write(f"Put up {', '.join(missing)}." if missing else "The guards were up already.")

"""Empties a test database. A real one keeps its journal, so there `flush` is refused with a sentence."""

from pathlib import PurePath
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections, transaction

from handrail.kernel.guards import lift, lift_others, put_back, put_up


class Command(Flush):
    """Django's flush, for test databases only."""

    def handle(self, **options: Any) -> None:
        """Lift the guards of the journal and of the rooms, empty the tables, put the guards back."""
        database = connections[options["database"]]
        name = str(database.settings_dict["NAME"])
        if not (name.startswith("file:memorydb_") or PurePath(name).name.startswith("test_")):
            raise CommandError(
                "The journal is append-only, so this database can’t be emptied. "
                "To start afresh, point HANDRAIL_HOME or HANDRAIL_DATABASE_URL at an empty place."
            )
        with transaction.atomic(using=options["database"]):
            lift(database)
            others = lift_others(database)
        try:
            super().handle(**options)
        finally:
            with transaction.atomic(using=options["database"]):
                put_up(database)
                put_back(database, others)

"""Whether this installation can run: the database opens and its tables are up to date; if not, what to do."""

from importlib import import_module


def not_ready(*, and_close: bool = True) -> str:
    """A sentence that says what to do first, or nothing when all is well. Call it after start_django().

    The connection is closed again, so that processes started next share none; a verb that goes on here keeps it.
    """
    database = import_module("django.db")
    executor = import_module("django.db.migrations.executor")
    try:
        planned = executor.MigrationExecutor(database.connection)
        waiting = planned.migration_plan(planned.loader.graph.leaf_nodes())
    except database.Error as error:
        return f"The database can’t be opened: {str(error).strip()}. Check HANDRAIL_DATABASE_URL and HANDRAIL_HOME."
    finally:
        if and_close:
            database.connection.close()
    if not waiting:
        return ""
    if not planned.loader.applied_migrations:
        return (
            "The database is empty. Run “handrail manage migrate” first, or “handrail demo” for the demo organisation."
        )
    return (
        f"The database is {len(waiting)} steps behind this version. "
        "Save it with “handrail backup FILE.tar.gz”, then run “handrail manage migrate”."
    )

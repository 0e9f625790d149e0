"""The policy room: one text, its clauses, its versions and what keeps it sound."""

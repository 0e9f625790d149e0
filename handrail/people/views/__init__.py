"""Pages about people: signing in, persons, teams, roles, imports."""

"""Words every room needs: facts and their journal, refs, refusals, jobs, slots. No business here."""

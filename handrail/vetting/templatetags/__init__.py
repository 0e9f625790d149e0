"""Template tags of the room of vetting."""

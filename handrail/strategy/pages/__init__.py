"""Pages of strategy beyond the goals: what is shown, and what is done there."""

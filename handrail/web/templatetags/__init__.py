"""What the desk adds to templates."""

"""Who may come in, and where a unit is reached."""

"""What this room asks of the database."""

"""What the room asks the database."""

"""What pictures ask of the database."""

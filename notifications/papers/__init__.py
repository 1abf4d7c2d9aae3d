"""Papers an office can sign: templates that it edits, filled in, and their pages."""

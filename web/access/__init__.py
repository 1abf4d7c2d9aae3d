"""Pages of contacts and addresses."""

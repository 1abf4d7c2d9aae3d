"""Pages on which mails are read."""

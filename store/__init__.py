"""The database: tables, the set-based sweep, the outbox and what is read from them."""

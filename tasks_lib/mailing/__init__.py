"""Mail: what is due becomes messages, and what becomes of these."""

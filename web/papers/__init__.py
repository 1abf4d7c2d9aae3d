"""Pages about papers that an office signs."""

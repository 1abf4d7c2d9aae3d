"""Duties as they come to be, open, move, rest and end."""

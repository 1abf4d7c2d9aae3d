"""Walks the shipped use cases over every state of one duty, and looks whether anybody was forgotten."""

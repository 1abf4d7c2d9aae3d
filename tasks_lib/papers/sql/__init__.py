"""Statements about papers."""

"""Copies, restoring one, and the proof that nothing was altered."""

"""The desk: what waits there, the record of a duty, what is decided about it."""

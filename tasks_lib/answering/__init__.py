"""A unit answers: its one form, its reports, what is still being written."""

"""Pages on which a unit answers."""

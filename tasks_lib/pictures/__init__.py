"""Pictures: completion by week, bars, a map of squares; each with the table it is drawn from."""

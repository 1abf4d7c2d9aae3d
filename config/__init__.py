"""The plan, the agencies and the program's numbers as data, read through a strict typed door."""

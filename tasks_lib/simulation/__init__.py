"""A replay of the plan day by day through the same use cases, with agencies acting by a seeded behaviour."""

"""The watchman: looks from outside the round at whether all of it goes on, and says so."""

"""Papers an office signs: written from the one reckoning, kept by version, sent once they are signed."""

"""The use cases: each one transaction, called by the command line, the flows and the simulation alike."""

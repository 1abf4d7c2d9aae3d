"""The command line: an entrance that reads the clock, calls use cases and prints."""

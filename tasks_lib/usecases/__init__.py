"""One module per use case; none of them reads the clock."""

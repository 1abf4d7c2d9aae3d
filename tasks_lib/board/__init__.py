"""What the board reads: totals, matrices and lists of a day, in a fixed number of queries."""

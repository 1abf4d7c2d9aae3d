"""The round: one sweep of a day, and how the plan stands after it."""

"""Evidence files: looked at, kept, shown, taken away."""

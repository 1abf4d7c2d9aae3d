"""Pages of a desk."""

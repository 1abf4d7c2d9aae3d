"""What every page stands on: who asks, what guards a request, how a page and its faults are rendered."""

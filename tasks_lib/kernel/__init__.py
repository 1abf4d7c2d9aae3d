"""What every room of use cases stands on: the house, its clock and folder, its words."""

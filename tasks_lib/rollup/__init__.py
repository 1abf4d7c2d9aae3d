"""What units have reported, added up for a place, and signed off."""

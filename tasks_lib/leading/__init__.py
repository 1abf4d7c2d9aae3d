"""What leaders read and say: direction, the monthly sheet, the list for UBND tỉnh."""

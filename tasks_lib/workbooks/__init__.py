"""A unit's form as a workbook: made prefilled, read back cell by cell, handed in."""

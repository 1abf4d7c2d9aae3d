"""Prefect's entrances: what runs every day, each item, each report cycle."""

"""The levels of the shipped configuration, and how a small chain of any length is made."""

from __future__ import annotations

from config.load import OWN_DIRECTORY, load_configuration

LEVELS = load_configuration(OWN_DIRECTORY).levels
COMMUNE, DISTRICT, PROVINCE = LEVELS

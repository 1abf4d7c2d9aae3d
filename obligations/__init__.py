"""The rules of a plan as code: pure, standard library only, no clock, no database, no mail."""

"""Columns of a page: its lines are put back into the order in which they were to be read."""

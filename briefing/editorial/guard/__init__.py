"""Decide whether a sentence says what its sources say; pure and without I/O."""

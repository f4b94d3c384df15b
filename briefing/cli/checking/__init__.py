"""Checks of tomorrow and of feeds, and what they find."""

"""Alarms: ways to tell people that something is wrong, and that it is over."""

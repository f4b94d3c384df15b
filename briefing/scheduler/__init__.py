"""Scheduler: makes each edition in its hours, by itself."""

"""Watching the programme: alarms, a look from outside, metrics, logs."""

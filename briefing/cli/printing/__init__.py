"""Output of commands: tables, progress, JSON, sound."""

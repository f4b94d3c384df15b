"""Parser and runner of commands, and what commands share."""

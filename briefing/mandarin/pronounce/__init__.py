"""Package pronounce."""

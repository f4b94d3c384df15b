"""Package editions."""

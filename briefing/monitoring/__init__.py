"""Package monitoring."""

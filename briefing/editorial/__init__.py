"""Package editorial."""

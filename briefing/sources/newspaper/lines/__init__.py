"""Lines of a newspaper page: cleaned, and each looked at by itself."""

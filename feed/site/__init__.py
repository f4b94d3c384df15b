"""Web pages for listeners, and their templates."""

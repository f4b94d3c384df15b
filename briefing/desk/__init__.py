"""The editors' desk: its pages, the JSON API under them, and who may come in. The home of fastapi."""

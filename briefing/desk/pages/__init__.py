"""The HTML pages, and the values that their templates show."""

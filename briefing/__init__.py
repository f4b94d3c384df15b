"""The newsroom: what is said, and when."""

__version__ = "0.1.0"

"""Checker of feeds, of the files that they name and of the servers that hold them."""

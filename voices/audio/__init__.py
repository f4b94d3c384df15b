"""Clips to the finished file: timeline, mix, master, tags and the picture of a recording."""

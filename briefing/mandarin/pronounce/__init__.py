"""Pinyin: which reading a character has, and how its tone is heard."""

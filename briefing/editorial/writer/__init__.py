"""Article to a few sentences for the ear: one file a method."""

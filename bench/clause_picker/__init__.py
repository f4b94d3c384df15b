"""The writer before this one, as a baseline: it chose clauses that hold most words of weight."""

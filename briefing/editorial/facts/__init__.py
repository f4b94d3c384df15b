"""Facts of a news sentence: values, times, people, opposites, certainty; pure and without I/O.

The writer and the guard share these tables: a change for the ear that is listed here is honest for both.
"""

"""Grammar of printed sentences: clauses, and their main verbs."""

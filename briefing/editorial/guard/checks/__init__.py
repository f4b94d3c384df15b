"""Compare one kind of fact each: figures, times, people, denials … Each check yields its doubts about a sentence."""

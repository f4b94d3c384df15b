"""The feed as RSS, and all that it names: pages of a feed, transcripts, chapters, the cover."""

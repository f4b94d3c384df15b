"""The rules of the directories, one small function a rule: what a channel, an item, a tag of Podcasting 2.0 must be.

Sources: Apple's requirements (article 823) and guide to RSS; the PSP-1 specification (2023-08); podcast-namespace
docs/tags; RSS 2.0; RFC 5322 for dates; ISO 639-1; YouTube's and Spotify's refusals; AntennaPod's reader.
"""

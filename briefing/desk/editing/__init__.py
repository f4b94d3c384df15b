"""Changes of a script: saving, merging, taking an article in, hearing a sentence."""

"""Rules that turn a printed phrase into one for the ear: days, hours, figures, words, places, speech."""

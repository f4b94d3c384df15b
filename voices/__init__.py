"""Text to sound: engines, cache, chorus and mix. A leaf: it knows no news and no feed."""

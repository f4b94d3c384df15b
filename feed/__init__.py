"""Episode to the world: feed, pages and HTTP. A leaf: it knows no voices and no newsroom."""

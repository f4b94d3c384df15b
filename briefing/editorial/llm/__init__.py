"""A language model as writer: asked within ceilings, believed only as far as the guard lets it."""

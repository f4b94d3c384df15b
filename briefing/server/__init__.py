"""One process that runs the scheduler and serves desk and feed."""

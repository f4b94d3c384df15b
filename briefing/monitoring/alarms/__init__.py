"""Who is told when something goes wrong, and that it is over."""

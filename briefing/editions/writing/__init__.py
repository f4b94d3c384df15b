"""What stages and the desk ask of the writer of an edition, and what that costs."""

"""Articles become a script: picked, written, guarded; pure."""

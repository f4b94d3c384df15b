"""Approval of a script: its claims, its warnings, its confirmation."""

"""Accounts, sessions, the login page, and who may use a route."""

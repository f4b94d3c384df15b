"""The database's history: one file a change, run by Alembic when a store is opened."""

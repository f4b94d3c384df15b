"""HTTP server of the published files, and the count of downloads."""

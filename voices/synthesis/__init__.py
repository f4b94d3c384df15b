"""Many lines at once: synthesis in parallel, clip cache, proof and fallback."""

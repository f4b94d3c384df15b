"""Engines that speak: one file each, and what those share that ask a service."""

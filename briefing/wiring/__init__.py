"""Config → ready objects: the only package that chooses implementations.

A new source, voice or publisher is one file behind its protocol and one line in a registry here.
"""

"""The JSON API below /desk/api/v1: addresses, requests, responses and routes."""

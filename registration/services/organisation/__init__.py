"""Organisations: entered, judged, and named as contracting party."""

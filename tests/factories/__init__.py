"""Builders of rows, through the services wherever a trail must exist."""

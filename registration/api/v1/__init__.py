"""The applicant's way for the operator's own app, version 1 (docs/api.md)."""

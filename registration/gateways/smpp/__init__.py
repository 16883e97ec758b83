"""Text messages by SMPP 3.4: one process holds the session (docs/codes.md)."""

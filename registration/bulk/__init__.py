"""Tables of many people, as organisations send them: read safely, and judged row by row. Nothing here knows a database."""

"""What is counted of our questions outside (read at /metrics). Invalid answers are apart: they may be tampering."""

from prometheus_client import Counter, Histogram

CALLS = Counter(
    "realname_outside_calls", "Questions to outside sources, by how they ended: answered, or the name of the error.", ["source", "result"]
)
SECONDS = Histogram("realname_outside_seconds", "Seconds a question took, with its retries.", ["source"])

"""Fault drills: something breaks in the middle of many running applications, and afterwards all is right (rightness.py).

Real: the processes of the product as `realname/serve` splits and revives them (web, workers, beat), a Postgres cluster of the
drills' own with durable settings, a broker, the sandbox's authorities and its gateway for messages over HTTP with receipts,
encrypted files in a folder, people who read their code from the gateway's record and try again when a step fails them.

Not real: people act through the services (but where the pages themselves are drilled), and what the first look reads on their
photographs is put down at once, as tests/pipeline/applicants.py does. Most go the face-free way, which loads no model; the first
FACES of a crowd are matched, and their movements judged, by the models.
"""

"""The engines on the command line: `manage.py engine …`, one file for each act. Files in, one JSON object a line out."""

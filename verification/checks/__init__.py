"""The checks: one file each, read in the order of `verification/pipeline.py`."""

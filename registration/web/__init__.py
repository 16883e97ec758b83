"""The applicant's pages, one file a step, in the order of the way."""

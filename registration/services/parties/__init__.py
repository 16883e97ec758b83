"""Two people in one application: who is registered, and who acts for them (R-03, R-12)."""

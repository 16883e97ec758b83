"""Staff pages of this stage, hung on the admin site."""

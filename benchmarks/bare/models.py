"""The one row."""

from django.db import models

from benchmarks.bare import TABLE


class Upload(models.Model):
    """A file that was sent, and when."""

    file = models.FileField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"
        db_table = TABLE

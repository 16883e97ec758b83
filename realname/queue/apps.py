"""The one door to the queue, and the sweeper that makes losing it harmless."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Queue."""

    name = "realname.queue"
    label = "queue"

    def ready(self) -> None:
        """Bind shared tasks to our Celery application in every process, not only in workers."""
        import realname.celery  # noqa: F401

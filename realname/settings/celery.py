"""The queue: hints over the Redis protocol. The database is the truth, so losing the queue loses nothing."""

import kombu

from realname.queue.queues import Queue
from realname.settings import env

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # seconds: what counts in the cache does without it rather than hold a request
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# longer than any task may take; the sweeper is quicker than this
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    # whoever sends tries once more and at once: kombu would otherwise hold a web request for six seconds a message
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# an enqueue in a web request must not wait for a dead broker
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_DEFAULT_QUEUE = "fast"
# each queue on an exchange of its own: on the default one all four would get every message of the first
CELERY_TASK_QUEUES = [kombu.Queue(str(queue), exchange=kombu.Exchange(str(queue)), routing_key=str(queue)) for queue in Queue]
CELERY_TASK_DEFAULT_EXCHANGE = CELERY_TASK_DEFAULT_ROUTING_KEY = str(Queue.FAST)
# what is not named here goes to the fast queue; checks are sent to the queue of their kind (verification/pipeline.py)
CELERY_TASK_ROUTES = {
    "verification.tasks.read_capture": {"queue": str(Queue.VISION)},
    "registration.tasks.clean_capture": {"queue": str(Queue.VISION)},
    "verification.tasks.ask_register": {"queue": str(Queue.SOURCES)},
    "registration.tasks.hand_over": {"queue": str(Queue.SOURCES)},
    "changes.tasks.*": {"queue": str(Queue.SOURCES)},
    "monitoring.tasks.*": {"queue": str(Queue.BULK)},
    "realname.trail.tasks.seal_trail": {"queue": str(Queue.BULK)},
    "realname.trail.tasks.ensure_partitions": {"queue": str(Queue.BULK)},
    "vault.sweep_orphans": {"queue": str(Queue.BULK)},
    "registration.tasks.erase_face_captures": {"queue": str(Queue.BULK)},
    "registration.tasks.run_retention": {"queue": str(Queue.BULK)},
    "registration.tasks.freeze_ended_services": {"queue": str(Queue.BULK)},
    "registration.tasks.return_numbers": {"queue": str(Queue.BULK)},
    "registration.tasks.work_bulk_import": {"queue": str(Queue.BULK)},
    "registration.tasks.make_export": {"queue": str(Queue.BULK)},
}
CELERY_TIMEZONE = "UTC"
# Seconds between two sweeps for what was left behind, and between two looks for events whose hint was lost.
SWEEP_SECONDS = env.number("REALNAME_SWEEP_SECONDS", 5)
DISPATCH_SECONDS = env.number("REALNAME_DISPATCH_SECONDS", 3)
CELERY_BEAT_SCHEDULER = "realname.queue.beat:SteadyScheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "realname.queue.tasks.sweep", "schedule": float(SWEEP_SECONDS), "options": {"expires": SWEEP_SECONDS}},
    "dispatch-events": {
        "task": "realname.trail.tasks.dispatch_events",
        "schedule": float(DISPATCH_SECONDS),
        "options": {"expires": DISPATCH_SECONDS},
    },
    "seal-trail": {"task": "realname.trail.tasks.seal_trail", "schedule": 10.0, "options": {"expires": 10}},
    "make-trail-partitions": {"task": "realname.trail.tasks.ensure_partitions", "schedule": 86400.0},
    "erase-face-captures": {"task": "registration.tasks.erase_face_captures", "schedule": 3600.0, "options": {"expires": 3600}},
    # their day begins at midnight; hourly, so that a night without workers is no day lost
    "return-numbers": {"task": "registration.tasks.return_numbers", "schedule": 3600.0, "options": {"expires": 3600}},
    # once a day for each rule; hourly, so that a night without workers, or a killed run, is no day lost
    "run-retention": {"task": "registration.tasks.run_retention", "schedule": 3600.0, "options": {"expires": 3600}},
    "freeze-ended-services": {"task": "registration.tasks.freeze_ended_services", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-orphaned-files": {"task": "vault.sweep_orphans", "schedule": 86400.0},
}
# Seconds after which a message that has come to nothing is taken for lost and sent again.
RESEND_AFTER = env.number("REALNAME_RESEND_AFTER", 15)
# Seconds a worker may hold a check before another takes it over: longer than any check takes, shorter than patience.
CHECK_LEASE = env.number("REALNAME_CHECK_LEASE", 45)
# The same for the first look at a photograph: it takes about two seconds, and a person waits for it at the camera.
LOOK_LEASE = env.number("REALNAME_LOOK_LEASE", 15)
# Seconds after which a worker at one check or first look is stopped, native code and all, so that a hang holds nobody up; before
# that it is asked to give up. Shorter than the leases: nobody takes over what another is still at.
CELERY_TASK_ANNOTATIONS = {
    "verification.tasks.run_check": {"time_limit": 40, "soft_time_limit": 30},
    "verification.tasks.read_capture": {"time_limit": 13, "soft_time_limit": 10},
}
# A worker's process is replaced after so many tasks, or after a task that left it larger than this (KiB).
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2_000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 900 * 1024

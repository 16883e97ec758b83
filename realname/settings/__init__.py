"""Settings by subject. Everything that differs between machines comes from the environment (docs/settings.md)."""

from realname.settings.api import *  # noqa: F403
from realname.settings.base import *  # noqa: F403
from realname.settings.celery import *  # noqa: F403
from realname.settings.database import *  # noqa: F403
from realname.settings.i18n import *  # noqa: F403
from realname.settings.logging import *  # noqa: F403
from realname.settings.outside import *  # noqa: F403
from realname.settings.security import *  # noqa: F403
from realname.settings.staff import *  # noqa: F403
from realname.settings.storage import *  # noqa: F403
from realname.settings.vault import *  # noqa: F403

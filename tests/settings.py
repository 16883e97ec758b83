"""Settings for tests: the same parts, in a `var` folder of their own, with durability off.

Not inside `realname.settings`: importing that package reads the environment, which is made here first.
"""

import os
from pathlib import Path

from realname.paths import var_dir

# set once: the workers of a parallel run inherit it
if "REALNAME_TEST_VAR" not in os.environ:
    os.environ["REALNAME_TEST_VAR"] = str(var_dir() / "test")
# a cluster for each process: readers of the trail wait for the oldest transaction of the whole cluster, others' included
os.environ["REALNAME_VAR"] = str(Path(os.environ["REALNAME_TEST_VAR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ["REALNAME_DEVELOPMENT"] = "1"
os.environ.setdefault("REALNAME_SANDBOX", "1")

from realname.embedded import postgres, valkey  # noqa: E402

if not os.environ.get("TEST_DATABASE_URL"):
    # tests run as the owner: they make and drop the test database
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = postgres.start(durable=False).owner
else:
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = os.environ["TEST_DATABASE_URL"]
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or valkey.start()

from realname.settings import *  # noqa: E402, F403

# strength of the password hash is Django's own concern; tests sign in hundreds of times
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""Static files from our own origin; people's files through the vault only."""

from realname.paths import REPO, var_dir
from realname.settings import env
from realname.vault.storage_url import storage_options

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPO / "static"]
# whitenoise serves straight from the apps' folders, so no collecting step is needed before the first run
WHITENOISE_USE_FINDERS = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(var_dir() / "unused")}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "vault": storage_options(env.text("STORAGE_URL"), var_dir()),
}

# The longest form of text, the staff's included, has a few kB; a page that takes no file reads no body longer than this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# the second of two is not begun to be read
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# photographs stay in memory: a temporary file would hold them unencrypted
FILE_UPLOAD_HANDLERS = ["realname.ui.uploads.BoundedMemoryUploadHandler"]
# A phone's photograph is 3 to 12 MB; more than this is not kept (realname/ui/uploads.py).
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

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

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# photographs stay in memory: a temporary file would hold them unencrypted
FILE_UPLOAD_HANDLERS = ["realname.ui.uploads.BoundedMemoryUploadHandler"]
# A phone's photograph is 3 to 12 MB; more than this is refused before it is read.
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

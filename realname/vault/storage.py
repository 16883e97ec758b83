"""The folder that keeps encrypted files when there is no S3."""

import os
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from realname.vault.durable import sync_folder

PART = ".part"  # ending of a file that is still being written


class FolderStorage(FileSystemStorage):
    """Files only their owner can read. A file is whole or absent, also after a power cut: written aside, synced, renamed."""

    def __init__(self, location: str) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        self._make_folders(path.parent)
        part = path.with_name(path.name + PART)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # a full disk: what is half there takes the space of what could be whole
            part.unlink(missing_ok=True)
            raise
        part.replace(path)
        sync_folder(path.parent)
        return name

    def _make_folders(self, folder: Path) -> None:
        if not folder.is_dir():
            root = Path(self.location)
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            sync_folder(root)

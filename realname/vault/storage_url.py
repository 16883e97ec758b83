"""Reads `STORAGE_URL`. Imported by the settings, so it knows nothing of Django's."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def storage_options(url: str | None, var_dir: Path) -> dict:
    """The entry of `STORAGES["vault"]` for a URL; without one, files lie under `var_dir`/files.

    `file:///folder` or `s3://[key:secret@]bucket[/prefix][?endpoint_url=…&region=…&addressing_style=path]`. Without key and
    secret, S3 credentials come from boto3's usual places. Raises ImproperlyConfigured on anything else.
    """
    if not url:
        return _folder(var_dir / "files")
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path not in {"", "/"} and not parts.netloc:
        return _folder(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.hostname:
        return _bucket(parts)
    raise ImproperlyConfigured("STORAGE_URL must begin with file:/// and a folder, or with s3:// and a bucket.")


def _folder(location: Path) -> dict:
    return {"BACKEND": "realname.vault.storage.FolderStorage", "OPTIONS": {"location": str(location)}}


def _bucket(parts) -> dict:
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    unknown = query.keys() - {"endpoint_url", "region", "addressing_style"}
    if unknown:
        raise ImproperlyConfigured(f"STORAGE_URL has unknown options: {', '.join(sorted(unknown))}.")
    options = {
        "bucket_name": parts.hostname,
        "location": unquote(parts.path).strip("/"),
        "endpoint_url": query.get("endpoint_url"),
        "region_name": query.get("region"),
        "addressing_style": query.get("addressing_style") or ("path" if "endpoint_url" in query else None),
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "signature_version": "s3v4",
    }
    set_options = {name: value for name, value in options.items() if value}
    # names are random and written once, so asking first whether one is free would only cost a round trip
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**set_options, "file_overwrite": True, "default_acl": None}}

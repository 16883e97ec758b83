"""STORAGE_URL: what each form means, and S3 spoken over real HTTP."""

from datetime import timedelta

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from moto.server import ThreadedMotoServer

from realname.vault.errors import FileMissing
from realname.vault.files import erase_file, read_file, store_file
from realname.vault.storage_url import storage_options
from realname.vault.sweep import sweep_orphans


def test_without_a_url_files_lie_under_var(tmp_path):
    assert storage_options("", tmp_path) == {
        "BACKEND": "realname.vault.storage.FolderStorage",
        "OPTIONS": {"location": str(tmp_path / "files")},
    }


def test_a_folder_can_be_named(tmp_path):
    assert storage_options("file:///srv/my%20files", tmp_path)["OPTIONS"] == {"location": "/srv/my files"}


def test_every_part_of_an_s3_url_is_used(tmp_path):
    url = "s3://key:se%2Fcret@papers/some/prefix?endpoint_url=http://127.0.0.1:9000&region=cn-north-1"
    assert storage_options(url, tmp_path)["OPTIONS"] == {
        "bucket_name": "papers",
        "location": "some/prefix",
        "endpoint_url": "http://127.0.0.1:9000",
        "region_name": "cn-north-1",
        "addressing_style": "path",
        "access_key": "key",
        "secret_key": "se/cret",
        "signature_version": "s3v4",
        "file_overwrite": True,
        "default_acl": None,
    }


@pytest.mark.parametrize("url", ["ftp://x/y", "papers", "s3://", "file://", "file://host/x", "s3://b?endpiont_url=x"])
def test_anything_else_stops_the_start(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        storage_options(url, tmp_path)


@pytest.fixture
def bucket(settings, tmp_path, monkeypatch):
    """A bucket on an S3 server of the test's own."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    login = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "cn-north-1"}
    client = boto3.client("s3", endpoint_url=endpoint, **login)
    client.create_bucket(Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
    options = storage_options(f"s3://test:test@papers/p?endpoint_url={endpoint}&region=cn-north-1", tmp_path)
    settings.STORAGES = {**settings.STORAGES, "vault": options}
    yield boto3.resource("s3", endpoint_url=endpoint, **login).Bucket("papers")
    server.stop()


def test_files_live_in_s3_sealed(bucket, db, person_id, monkeypatch, django_capture_on_commit_callbacks):
    file = store_file(person_id=person_id, kind="selfie", content=b"plain words", media_type="image/jpeg")
    orphan = store_file(person_id=person_id, kind="selfie", content=b"x", media_type="image/jpeg")
    assert read_file(file) == b"plain words"
    objects = {entry.key: entry.get()["Body"].read() for entry in bucket.objects.all()}
    assert b"plain words" not in objects[f"p/{file.storage_name}"]

    orphan.delete()
    assert sweep_orphans() == 0
    monkeypatch.setattr("realname.vault.sweep.ORPHAN_AGE", timedelta(hours=-1))
    assert sweep_orphans() == 1
    assert [entry.key for entry in bucket.objects.all()] == [f"p/{file.storage_name}"]

    bucket.Object(f"p/{file.storage_name}").delete()
    with pytest.raises(FileMissing):
        read_file(file)
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(file)

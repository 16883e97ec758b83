"""Each engine is loaded once per process, also when many threads ask at once, and runs on one thread."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import cv2
import pytest

from verification.engines import registry
from verification.engines.registry import Engines


def test_asking_again_gives_the_same_engine(models):
    assert Engines(models).face is Engines(models).face
    assert Engines(models).document is registry.document_reader(models)


def test_many_threads_load_an_engine_once(tmp_path):
    made, gate = [], threading.Barrier(8)

    def make(folder):
        made.append(folder)
        return object()

    def ask(_number):
        gate.wait(timeout=10)
        return registry._once("test", make, tmp_path)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert made == [tmp_path]


def test_threads_that_share_the_face_engine_don_t_disturb_each_other(engines, faces):
    expected = {name: engines.face.detect(faces[name][0])[0].box for name in faces}
    with ThreadPoolExecutor(4) as pool:
        names = list(faces) * 4
        boxes = list(pool.map(lambda name: engines.face.detect(faces[name][0])[0].box, names))
    assert all(boxes[i] == expected[name] for i, name in enumerate(names))


def test_threads_are_bounded(engines):
    assert engines.liveness._session.get_session_options().intra_op_num_threads == 1
    assert cv2.getNumThreads() == 1


def test_an_unknown_face_engine_is_refused(models):
    with pytest.raises(ValueError, match="known: sface, dlib"):
        registry.face_engine("other", models)


def test_no_model_library_and_no_settings_are_needed_to_import_the_door():
    """Web pages that use no engine don't pay for one, and engines run without Django being set up."""
    code = (
        "import sys, verification.engines, verification.engines.manifest;"
        "assert not {'cv2', 'onnxruntime', 'rapidocr', 'dlib'} & set(sys.modules);"
        "import verification.engines.registry; from django.conf import settings; assert not settings.configured"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

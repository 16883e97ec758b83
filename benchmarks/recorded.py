"""Records every call that reaches a model, and makes the same calls again with nothing around them.

Put in place before an engine is loaded: `cv2.FaceDetectorYN.create` and `cv2.FaceRecognizerSF.create` then hand out wrapped
models, `cv2.dnn` nets and ONNX sessions report through their classes.
"""

import time
from collections.abc import Callable
from typing import Any

import cv2
import onnxruntime

Call = Callable[[], object]
_calls: list[Call] | None = None


def start() -> None:
    """Begin a new recording."""
    global _calls
    _calls = []


def stop() -> list[Call]:
    """End it; the calls in their order."""
    global _calls
    calls, _calls = _calls or [], None
    return calls


def again(calls: list[Call]) -> float:
    """Milliseconds of processor of the same calls with the same inputs."""
    started = time.process_time()
    for call in calls:
        call()
    return (time.process_time() - started) * 1000


class _Model:
    """A model of OpenCV's whose every call is recorded."""

    def __init__(self, model: Any, counted: tuple[str, ...]) -> None:
        self._model, self._counted = model, counted

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._model, name)
        if name not in self._counted:
            return method

        def recorded(*args: Any) -> Any:
            if _calls is not None:
                _calls.append(lambda: method(*args))
            return method(*args)

        return recorded


class _Maker:
    """In the place of a class of OpenCV's: `create` hands out a recorded model."""

    def __init__(self, made: Any, counted: tuple[str, ...]) -> None:
        self._made, self._counted = made, counted

    def create(self, *args: Any) -> _Model:
        """As the class's own."""
        return _Model(self._made.create(*args), self._counted)


def put_in_place() -> None:
    """Once, before any engine is loaded."""
    cv2.FaceDetectorYN = _Maker(cv2.FaceDetectorYN, ("setInputSize", "detect"))
    cv2.FaceRecognizerSF = _Maker(cv2.FaceRecognizerSF, ("feature",))
    run = onnxruntime.InferenceSession.run

    def recorded(session: onnxruntime.InferenceSession, *args: Any) -> Any:
        if _calls is not None:
            _calls.append(lambda: run(session, *args))
        return run(session, *args)

    onnxruntime.InferenceSession.run = recorded

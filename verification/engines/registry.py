"""Each engine once per process, loaded when first asked for, safe to ask for from several threads.

`folder` is where the model files lie; None is `realname.paths.models_dir()`. A missing or altered file raises ModelMissing or
ModelAltered at every call until it is right: a failure is not remembered, and never turns into a pass.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from verification.engines.base import FaceEngine
from verification.engines.document.locate import Locator
from verification.engines.document.reader import DocumentReader
from verification.engines.face.dlib_resnet import DlibFaceEngine
from verification.engines.face.sface import SFaceEngine
from verification.engines.liveness.active import ActiveLiveness
from verification.engines.liveness.face_mesh import FaceMesh
from verification.engines.liveness.passive import PassiveLiveness
from verification.engines.ocr.cascade import CascadeOcr
from verification.engines.ocr.mrz import ZoneReader

T = TypeVar("T")
FaceEngineName = Literal["sface", "dlib"]
_FACE_ENGINES: dict[str, Callable[[Path | None], FaceEngine]] = {"sface": SFaceEngine, "dlib": DlibFaceEngine}

_loaded: dict[tuple[str, Path | None], object] = {}
_lock = threading.RLock()


def _once(key: str, make: Callable[[Path | None], T], folder: Path | None) -> T:
    with _lock:
        if (key, folder) not in _loaded:
            _loaded[key, folder] = make(folder)
        return _loaded[key, folder]


def locator(folder: Path | None = None) -> Locator:
    """Finds the card of a photograph; enough for its quality, and loads only the small orientation model."""
    return _once("locator", Locator, folder)


def text_reader(folder: Path | None = None) -> CascadeOcr:
    """Reads lines of text; loading takes about two seconds."""
    return _once("text", CascadeOcr, folder)


def document_reader(folder: Path | None = None) -> DocumentReader:
    """Reads cards."""
    return _once("document", lambda where: DocumentReader(where, ocr=text_reader(where), locator=locator(where)), folder)


def zone_reader(folder: Path | None = None) -> ZoneReader:
    """Reads machine-readable zones, with the models that read cards."""
    return _once("zone", lambda where: ZoneReader(where, ocr=text_reader(where), locator=locator(where)), folder)


def face_engine(name: FaceEngineName = "sface", folder: Path | None = None) -> FaceEngine:
    """The face engine of that name. Raises ValueError for another name."""
    if name not in _FACE_ENGINES:
        raise ValueError(f"no face engine {name!r}; known: {', '.join(_FACE_ENGINES)}")
    return _once(f"face:{name}", _FACE_ENGINES[name], folder)


def liveness_engine(folder: Path | None = None) -> PassiveLiveness:
    """The passive liveness engine."""
    return _once("liveness", PassiveLiveness, folder)


def face_mesh(folder: Path | None = None) -> FaceMesh:
    """The shape of faces; loading takes a tenth of a second."""
    return _once("mesh", FaceMesh, folder)


class Engines:
    """All of them by what they do; each is loaded when it is first touched."""

    def __init__(self, folder: Path | None = None, face: FaceEngineName = "sface") -> None:
        self._folder = folder
        self._face = face

    @property
    def locator(self) -> Locator:
        """Finds the card of a photograph."""
        return locator(self._folder)

    @property
    def document(self) -> DocumentReader:
        """Locates and reads cards."""
        return document_reader(self._folder)

    @property
    def zone(self) -> ZoneReader:
        """Reads machine-readable zones."""
        return zone_reader(self._folder)

    @property
    def face(self) -> FaceEngine:
        """Finds and compares faces."""
        return face_engine(self._face, self._folder)

    @property
    def liveness(self) -> PassiveLiveness:
        """Tells live faces from reproductions."""
        return liveness_engine(self._folder)

    @property
    def mesh(self) -> FaceMesh:
        """Finds the shape of a face."""
        return face_mesh(self._folder)

    @property
    def active(self) -> ActiveLiveness:
        """Judges answers to challenges. Its cosines are SFace's, whichever engine compares otherwise."""
        return ActiveLiveness(face_engine("sface", self._folder), self.mesh)


def forget() -> None:
    """Drop what was loaded (tests; a worker before it forks)."""
    with _lock:
        _loaded.clear()

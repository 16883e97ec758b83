"""ONNX sessions as every engine here wants them: from a checked file, one thread."""

from pathlib import Path

import cv2
import onnxruntime

from verification.engines.manifest import named, verified_path

# Workers scale by processes: two workers of one thread beat one of two (measured), and a pool per model would oversubscribe.
THREADS = 1


def bound_threads() -> None:
    """Hold OpenCV to one thread in this process, and its log to errors."""
    cv2.setNumThreads(THREADS)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)


def session(name: str, folder: Path | None = None) -> onnxruntime.InferenceSession:
    """A CPU session on the model of that name. Raises ModelMissing or ModelAltered."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = THREADS
    options.log_severity_level = 3
    # an arena keeps the most that any picture ever took: without it a vision worker peaks some 75 MiB lower and is no slower
    options.enable_cpu_mem_arena = False
    path = verified_path(name, folder)
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])


def version_of(*names: str) -> str:
    """What identifies an engine built on these files: the first eight characters of each SHA-256."""
    return "+".join(named(name).sha256[:8] for name in names)

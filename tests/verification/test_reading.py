"""P-VER-7: what a reading keeps of the time it took."""

from types import SimpleNamespace

from registration.documents import document_type
from verification import reading
from verification.engines.base import DocumentReading


def test_reading_and_judging_a_photograph_are_timed_apart(monkeypatch):
    """On a clock that moves only with the work: fetching the picture is counted for neither."""
    clock = SimpleNamespace(now=0.0)

    def _after(seconds: float, answer=None):
        def _work(*_args, **_kwargs):
            clock.now += seconds
            return answer

        return _work

    read = DocumentReading(side="front", fields={}, located=SimpleNamespace(turned=0))
    reader = SimpleNamespace(name="ocr", version="1", read=_after(0.1, read))
    locator = SimpleNamespace(locate=_after(0.05))
    monkeypatch.setattr(reading, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setattr(reading, "engines", lambda: SimpleNamespace(document=reader, locator=locator))
    monkeypatch.setattr(reading, "picture_of", _after(0.5))
    monkeypatch.setattr(reading, "examine", _after(0.03, ()))

    card = document_type("resident_id_card")
    told = reading.read(SimpleNamespace(identity=SimpleNamespace(document=card), image=card.image("document_front")))

    assert (told["milliseconds"], told["quality_milliseconds"]) == (150, 30)

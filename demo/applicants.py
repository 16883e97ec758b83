"""Who takes part in the demonstration, and how each is expected to end."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from demo import faces
from demo.specimens import IdCard, draw_back, draw_front, photograph, to_jpeg
from demo.specimens import selfie as taken_selfie
from demo.specimens.motions import FRAMES_PER_SECOND, perform, write_video
from realname.images import encode_jpeg


@dataclass(frozen=True)
class Applicant:
    """One person at a phone: the card they hold, what they photograph, what they type, and the end that is right.

    `filmed` is the portrait that moves before the camera: another photograph of who takes the selfie. `lines_before` are
    further numbers that the same person registers first. `wish` is how they look for a new number, where they want one. `known` says
    whether the authority knows them, and under which name (`known_as`).
    """

    key: str
    title: str
    card: IdCard
    phone: str
    expected: str
    reason: str
    portrait: str
    selfie: Callable[[], Image.Image]
    filmed: str
    front_condition: str = "clean"
    typed: dict[str, str] = field(default_factory=dict)
    face_free: bool = False
    known: bool = True
    lines_before: tuple[str, ...] = ()
    wish: dict[str, str] = field(default_factory=dict)

    def front(self) -> bytes:
        """The photograph of the portrait side."""
        drawn = draw_front(self.card, faces.portrait(self.portrait))
        return to_jpeg(photograph(drawn, condition=self.front_condition, seed=_seed(self.key)))

    def back(self) -> bytes:
        """The photograph of the emblem side."""
        return to_jpeg(photograph(draw_back(self.card), seed=_seed(self.key) + 1))

    def selfie_jpeg(self) -> bytes:
        """The selfie."""
        return to_jpeg(self.selfie(), quality=92)

    def film(self, steps: Sequence[str], schedule: Sequence[float]) -> list[tuple[int, bytes]]:
        """They do `steps` before the camera as `schedule` (ms) asks for them: pictures with the ms at which each was taken."""
        frames = perform(faces.picture(self.filmed), steps, schedule, seed=secrets.randbelow(2**32))
        return [(round(index * 1000 / FRAMES_PER_SECOND), encode_jpeg(frame[:, :, ::-1])) for index, frame in enumerate(frames)]

    def film_video(self, steps: Sequence[str], path: Path) -> Path:
        """They do `steps` one after the other: an MP4 written to `path`."""
        return write_video(perform(faces.picture(self.filmed), steps, seed=secrets.randbelow(2**32)), path)

    def details(self) -> dict[str, str]:
        """What they type into the form: what their card says, but for what they get wrong."""
        card = self.card
        return {
            "name": card.name,
            "sex": card.sex,
            "ethnicity": card.ethnicity,
            **_parts("birth", card.birth),
            "id_number": card.id_number,
            "address": card.address,
            "authority": card.authority,
            **_parts("valid_from", card.valid_from),
            **(_parts("valid_to", card.valid_to) if card.valid_to else {"valid_long_term": "on"}),
            **self.typed,
        }


def _parts(name: str, day: date) -> dict[str, str]:
    """A date as the form's three boxes."""
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def _seed(key: str) -> int:
    return sum(map(ord, key))


def applicants(run: int) -> list[Applicant]:
    """The applicants, in the order they arrive. `run` (0 to 9999) gives them other numbers than in other runs on one database."""

    def _card(seed: int, **fields) -> IdCard:
        # grown-up, and valid for years whenever the demonstration runs
        today, birth = date.today(), date(1980, 3, 1) + timedelta(days=37 * seed + run % 3000)
        dates = {"birth": birth, "valid_from": date(today.year - 3, 4, 1), "valid_to": date(today.year + 17, 4, 1)}
        return IdCard.make(f"demo-{run}-{seed}", **{"sex": "male", "ethnicity": "汉", **dates, **fields})

    def _phone(number: int) -> str:
        return f"1390{run:04d}{number:03d}"

    clean = Applicant(
        key="clean",
        title="Everything in order",
        card=_card(1),
        phone=_phone(1),
        expected="activated",
        reason="APPROVED",
        portrait="obama",
        selfie=lambda: faces.selfie("obama2"),
        filmed="obama3",
    )
    other = _card(7, expired=False)
    today = date.today()
    return [
        clean,
        replace(
            clean,
            key="wrong-face",
            title="Somebody else's face",
            card=_card(2),
            phone=_phone(2),
            expected="rejected",
            reason="FACE_MISMATCH",
            selfie=lambda: faces.selfie("biden"),
            filmed="biden",
        ),
        replace(
            clean,
            key="recaptured-card",
            title="A photograph of a screen that shows a card",
            card=_card(3),
            phone=_phone(3),
            expected="in_review",
            reason="PHOTO_RECAPTURED",
            front_condition="recapture",
        ),
        replace(
            clean,
            key="expired-card",
            title="An expired card",
            card=_card(4, valid_from=date(today.year - 21, 6, 1), valid_to=date(today.year - 1, 6, 1), birth=date(1970, 5, 2)),
            phone=_phone(4),
            expected="rejected",
            reason="DOCUMENT_EXPIRED",
        ),
        replace(
            clean,
            key="bad-check-digit",
            title="A number with a wrong check digit",
            card=_card(5, bad_check_digit=True),
            phone=_phone(5),
            expected="rejected",
            reason="NUMBER_INVALID",
        ),
        replace(
            clean,
            key="other-name",
            title="A name other than the card's",
            card=_card(6),
            phone=_phone(6),
            expected="in_review",
            reason="FIELDS_DIFFER",
            typed={"name": "王小明"},
        ),
        replace(
            clean,
            key="unknown-to-authority",
            title="Nobody the authority knows",
            card=other,
            phone=_phone(7),
            expected="in_review",
            reason="AUTHORITY_NO_RECORD",
            known=False,
        ),
        replace(
            clean,
            key="printed-selfie",
            title="A selfie off a printed photograph",
            card=_card(8),
            phone=_phone(8),
            expected="in_review",
            reason="LIVENESS_FAILED",
            selfie=lambda: taken_selfie(faces.selfie("obama3"), condition="print", seed=3),
        ),
        replace(
            clean,
            key="screen-selfie",
            title="A selfie off another phone's screen",
            card=_card(11),
            phone=_phone(17),
            expected="in_review",
            reason="LIVENESS_FAILED",
            selfie=lambda: taken_selfie(faces.selfie("obama2"), condition="recapture", seed=1),
        ),
        replace(
            clean,
            key="face-free",
            title="Without face recognition",
            card=_card(9, sex="female"),
            phone=_phone(9),
            expected="in_review",
            reason="STATEMENT_TO_JUDGE",
            portrait="astronaut",
            face_free=True,
        ),
        replace(
            clean,
            key="new-number",
            title="A new number without a 4, reached at their old one",
            card=_card(12),
            phone=_phone(18),
            expected="activated",
            reason="APPROVED",
            wish={"without_four": "on", "ending": "8"},
        ),
        replace(
            clean,
            key="sixth-line",
            title="A sixth line",
            card=_card(10),
            phone=_phone(16),
            expected="rejected",
            reason="LINE_LIMIT",
            lines_before=tuple(_phone(number) for number in range(11, 16)),
        ),
    ]

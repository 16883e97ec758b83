"""One zip: `data.json` for machines, `data.html` for people, and the still pictures, each with our mark (R-04)."""

import io
import json
import zipfile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from realname.images import ImageRefused
from realname.vault.errors import FileMissing, KeyErased
from realname.vault.files import read_file
from realname.watermark import watermark
from registration.export.gather import gather
from registration.export.page import shown
from registration.models import Capture, Person
from registration.parties_selectors import acted_in
from registration.services.clean_capture import clean_capture
from registration.services.store_capture import AS_SENT


def package(person: Person, *, language: str) -> bytes:
    """The copy, in the language it was asked for in. Videos and films are named in it, not enclosed: they are shown on request.

    Raises KeyErased where the person was erased.
    """
    with translation.override(language):
        data = gather(person)
        now = timezone.localtime()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            sections = [shown(subject, rows) for subject, rows in data.items()]
            page = {"sections": sections, "made_at": now, "operator": settings.OPERATOR_NAME, "language": language}
            archive.writestr("data.html", render_to_string("registration/export/data.html", page))
            mark = f"{settings.OPERATOR_NAME} · {_('Copy for the person concerned')} · {now:%Y-%m-%d}"
            for number, capture in enumerate(_stills(person), start=1):
                try:
                    clean_capture(capture)
                    picture = watermark(read_file(capture.file), text=mark)
                except (KeyErased, FileMissing, ImageRefused, OSError):
                    continue  # erased meanwhile, or no still picture: its line in data.json stays
                archive.writestr(f"pictures/{number:02d}-{capture.kind}.jpg", picture)
        return out.getvalue()


def _stills(person: Person) -> list[Capture]:
    whose = Q(person=person) | Q(person__representations__application__in=acted_in(person))
    kept = Capture.objects.filter(whose, file__erased_at__isnull=True, file__media_type__in=("image/jpeg", AS_SENT))
    return list(kept.select_related("file").order_by("created_at"))

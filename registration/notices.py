"""The notices a person agrees to: versioned, public, and fixed by a digest with each consent (R-27)."""

import hashlib
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.states import ConsentPurpose


@dataclass(frozen=True)
class Notice:
    """One purpose's notice. A new wording is a new version: consents to the old one stay bound to the old text."""

    purpose: ConsentPurpose
    version: str
    title: Promise
    paragraphs: tuple[Promise, ...]

    def digest(self, language: str) -> str:
        """SHA-256 of the notice as it reads in `language`."""
        with translation.override(language):
            text = "\n".join(map(str, (self.version, self.title, *self.paragraphs)))
        return hashlib.sha256(text.encode()).hexdigest()


TERMS = Notice(
    purpose=ConsentPurpose.TERMS,
    version="2026-11-24",
    title=_("Terms of service"),
    paragraphs=(
        _(
            "By law a phone number works only after its holder's identity has been verified and recorded (Anti-Telecom-Fraud Law, art. 9 and 21)."
        ),
        _(
            "A number may not be sold, rented out or lent to others, and nobody may pass verification for somebody else; doing so has legal consequences."
        ),
        _("You can stop at any step. Nothing is registered before you press the submit button on the last page."),
    ),
)
IDENTITY = Notice(
    purpose=ConsentPurpose.IDENTITY,
    version="2026-11-24",
    title=_("How we use your identity data"),
    paragraphs=(
        _("Who: the operator named on this page. What: your name, ID number, address, phone number and photographs of your document."),
        _(
            "Why: to verify your identity before your number is activated, as the law requires. How: automatic checks, a query to the identity authority, and where needed a person's review."
        ),
        _(
            "How long: while you use the number and two years after, as the law demands; then it is to be deleted. It is stored encrypted and shown masked."
        ),
        _("Your rights: see, copy, correct and delete your data, ask for an explanation of a decision, and ask that a person decides."),
    ),
)
FACE = Notice(
    purpose=ConsentPurpose.FACE,
    version="2026-11-24",
    title=_("How we use your face data"),
    paragraphs=(
        _(
            "Only if you choose verification with your face: we compare your selfie with the portrait on your document and check that it is not a picture of a picture."
        ),
        _(
            "Your face is sensitive personal data. The comparison happens on our own servers, and the selfie is sent to nobody. It is deleted at the latest 30 days after the decision, when the time for objections is over; at once if you choose the other way, withdraw the application or let it expire."
        ),
        _(
            "You can refuse. The way without face recognition gives you the same service and the same rights; a member of staff looks at your application, normally within one working day."
        ),
    ),
)

REPRESENTED = Notice(
    purpose=ConsentPurpose.REPRESENTED,
    version="2026-11-24",
    title=_("How we use the data of the person you act for"),
    paragraphs=(
        _(
            "For whom: a minor, of whom you are the guardian, or an adult who has authorised you. What: their name, ID number, address and photographs of their document, and the proof that you may act for them."
        ),
        _(
            "Why: the law lets a line be registered for somebody else only where the documents of both are shown, checked and recorded. The line is theirs; you get nothing by it, and no right to it."
        ),
        _(
            "Data of children under 14 are sensitive personal data: only their guardian can agree. We never process a child's face: the face, where one is looked at, is yours. A member of staff always looks at the application."
        ),
        _(
            "How long: while the line is used and two years after, as the law demands; the data of both are then to be deleted. A guardian can see, copy, correct and delete the child's data, and take this back."
        ),
    ),
)

NOTICES = {notice.purpose: notice for notice in (TERMS, IDENTITY, FACE, REPRESENTED)}

# what taking a consent back means, said beside the button
WITHDRAWAL_MEANS = {
    ConsentPurpose.TERMS: _("Your lines go on working. An application on its way is taken back."),
    ConsentPurpose.IDENTITY: _(
        "An application on its way is taken back. While you have a line, and for two years after, the law makes us keep your identity data; we then only keep them."
    ),
    ConsentPurpose.REPRESENTED: _(
        "An application on its way is taken back. While the line is held, and for two years after, the law makes us keep the identity data; we then only keep them."
    ),
    ConsentPurpose.FACE: _(
        "Your selfie and the film of your movements are erased at once. Your lines go on working; an application on its way goes on without your face."
    ),
}

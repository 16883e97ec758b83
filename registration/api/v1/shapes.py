"""What is sent and answered, field by field: read by the views, and by the description of the API."""

from typing import Any

from rest_framework import serializers as s

from registration.states import ChallengeKind, ConsentPurpose, NumberWay, Representation, StatementWay, VerificationPath


class Text(s.CharField):
    """Text, and nothing that is only turned into it: a number is no name."""

    def to_internal_value(self, data: Any) -> str:
        """Raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Agreement(s.Serializer):
    purpose = s.ChoiceField(choices=ConsentPurpose.choices)
    digest = Text(max_length=64, help_text="Of the notice as it was shown, from /notices")


class Path(s.Serializer):
    path = s.ChoiceField(choices=VerificationPath.choices)
    statement_way = s.ChoiceField(choices=StatementWay.choices, required=False, help_text="Needed on the way without face")
    acting_as = s.ChoiceField(
        choices=Representation.choices,
        required=False,
        allow_blank=True,
        help_text="Who acts for the person registered and uses the app; empty: nobody does. Left out later: as it was",
    )
    consents = s.ListField(child=Agreement(), max_length=10, help_text="Each purpose by itself")


class PhoneNumber(s.Serializer):
    phone = Text(max_length=30)


class Code(s.Serializer):
    code = Text(max_length=12)


class Resume(s.Serializer):
    last_six = Text(max_length=20, required=False, help_text="The end of the ID number in the older application")
    anew = s.BooleanField(required=False, default=False, help_text="Withdraw the older application instead")


class NumberChoice(s.Serializer):
    way = s.ChoiceField(choices=NumberWay.choices)
    number = Text(max_length=13, required=False)


class Wish(s.Serializer):
    ending = s.CharField(required=False, max_length=20)
    pattern = s.CharField(required=False, max_length=16)
    without_four = s.BooleanField(required=False)
    after = s.CharField(required=False, max_length=13)


class DocumentChoice(s.Serializer):
    document_type = Text(max_length=32)


class Photo(s.Serializer):
    photo = s.FileField()


class Film(s.Serializer):
    challenge = s.UUIDField()
    video = s.FileField(help_text="A video, or the pictures of a burst one behind the other")
    times = s.CharField(required=False, help_text="Of a burst: JSON list of the ms at which each picture was taken")
    sizes = s.CharField(required=False, help_text="Of a burst: JSON list of the bytes of each picture")


class VideoStatement(s.Serializer):
    challenge = s.UUIDField()
    video = s.FileField()


class DetailsSent(s.Serializer):
    """What stands on the document; which fields there are depends on its type, and is judged by its rules."""

    name = Text(max_length=400, required=False)
    other_name = Text(max_length=400, required=False, allow_blank=True)
    sex = Text(max_length=8, required=False)
    ethnicity = Text(max_length=32, required=False)
    birth = s.DateField(required=False)
    nationality = Text(max_length=16, required=False)
    issuing_state = Text(max_length=16, required=False)
    id_number = Text(max_length=100, required=False)
    number_as_printed = s.BooleanField(required=False, default=False)
    address = Text(max_length=1000, required=False)
    authority = Text(max_length=400, required=False)
    valid_from = s.DateField(required=False)
    valid_to = s.DateField(required=False, allow_null=True)
    valid_long_term = s.BooleanField(required=False, default=False)
    dates_as_printed = s.BooleanField(required=False, default=False)
    residence = Text(max_length=1000, required=False, allow_blank=True)
    email = Text(max_length=254, required=False, allow_blank=True)


class WrongField(s.Serializer):
    """A field that was refused."""

    field = s.CharField(help_text="Its name; of nested ones with dots; empty where it is about all")
    code = s.CharField()
    detail = s.CharField()


class Problem(s.Serializer):
    """RFC 9457. `code` is stable and for programs, `detail` a sentence in the language of Accept-Language."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField()
    detail = s.CharField()
    missing = s.ListField(child=s.CharField(), required=False, help_text="Parts of the way that are missing")
    wrong = WrongField(many=True, required=False, help_text="What is wrong with which field")


class Notice(s.Serializer):
    purpose = s.CharField()
    version = s.CharField()
    title = s.CharField()
    paragraphs = s.ListField(child=s.CharField())
    digest = s.CharField()
    language = s.CharField()


class Finding(s.Serializer):
    code = s.CharField()
    sentence = s.CharField()


class CaptureState(s.Serializer):
    kind = s.CharField()
    label = s.CharField()
    state = s.ChoiceField(choices=["none", "pending", "good", "warn", "rejected"])
    usable = s.BooleanField()
    asked_again = s.BooleanField()
    findings = Finding(many=True)


class Captures(s.Serializer):
    captures = CaptureState(many=True)


class Standing(s.Serializer):
    tone = s.CharField()
    title = s.CharField()
    text = s.CharField()
    reasons = s.ListField(child=s.CharField())
    checks_done = s.IntegerField()
    checks_total = s.IntegerField()


class ApplicationState(s.Serializer):
    id = s.UUIDField()
    reference = s.CharField()
    status = s.CharField()
    path = s.CharField()
    statement_way = s.CharField()
    document_type = s.CharField()
    phone = s.CharField(help_text="Masked")
    number = s.CharField(help_text="Masked: the number to register")
    acting_as = s.CharField(help_text="guardian, agent, or empty")
    own_phone = s.CharField(help_text="Masked: of who acts")
    own_document_type = s.CharField(help_text="Of who acts")
    missing = s.ListField(child=s.CharField())
    next = s.CharField(help_text="A part of the way, `resume`, `submit` or `wait`")
    may_withdraw = s.BooleanField()
    may_ask_review = s.BooleanField()
    standing = Standing(allow_null=True, help_text="Once it was handed in")
    submitted_at = s.DateTimeField(allow_null=True)
    decided_at = s.DateTimeField(allow_null=True)
    expires_at = s.DateTimeField(allow_null=True)


class Access(s.Serializer):
    """The second lock's key: kept on the device, sent as Application-Secret, said once."""

    secret = s.CharField()
    expires_at = s.DateTimeField()


class Opened(s.Serializer):
    application = ApplicationState()
    access = Access(allow_null=True, help_text="Where it is another application than the one asked about, its own secret")


class CodeWord(s.Serializer):
    tone = s.CharField()
    happened = s.CharField()
    to_do = s.CharField()


class CodeState(s.Serializer):
    words = CodeWord(many=True)
    may_call = s.BooleanField()
    ended = s.BooleanField()
    expires_at = s.DateTimeField()


class StockNumber(s.Serializer):
    number = s.CharField()
    pattern = s.CharField()


class Stock(s.Serializer):
    numbers = StockNumber(many=True)
    next = s.CharField(allow_blank=True, help_text="Send it as `after` for the next page")


class DocumentField(s.Serializer):
    name = s.CharField()
    label = s.CharField()
    required = s.BooleanField()


class DocumentSide(s.Serializer):
    side = s.CharField()
    label = s.CharField()


class DocumentKind(s.Serializer):
    code = s.CharField()
    label = s.CharField()
    holders = s.CharField()
    sides = DocumentSide(many=True)
    details = DocumentField(many=True)


class DetailsKnown(s.Serializer):
    details = s.DictField()
    uncertain = s.ListField(child=s.CharField(), help_text="Read from the document with little confidence")


class Asked(s.Serializer):
    id = s.UUIDField()
    kind = s.ChoiceField(choices=ChallengeKind.choices)
    steps = s.ListField(child=s.CharField())
    schedule = s.ListField(child=s.IntegerField(), help_text="ms from the begin at which each step is shown, and the end")
    digits = s.CharField()
    expires_at = s.DateTimeField()


class ReviewOfWhoActs(s.Serializer):
    phone = s.CharField()
    document = s.CharField()
    details = s.DictField()


class Review(s.Serializer):
    number = s.CharField()
    contact = s.CharField()
    document = s.CharField()
    details = s.DictField()
    who_acts = ReviewOfWhoActs(allow_null=True)
    captures = CaptureState(many=True)
    missing = s.ListField(child=s.CharField())

"""What is read of a request's body."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8, an object; depth that no request needs is no JSON to us. The length is bounded before (realname/ui/uploads.py)."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict | None = None) -> dict:
        """The object. Raises ParseError."""
        try:
            content = super().parse(stream, media_type, parser_context)
            # half a surrogate pair, written as an escape, is in no text that can be kept or answered
            json.dumps(content, ensure_ascii=False).encode()
        except (RecursionError, UnicodeError, LookupError) as error:
            raise ParseError from error
        if not isinstance(content, dict):
            raise ParseError
        return content

"""Reading a Bot API request in any of the forms that its documentation allows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    media_type: str
    content: bytes


async def parameters(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of the query and the body (form, multipart or JSON), and the uploaded files."""
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    body = await request.body()
    form = request.headers.get("content-type", "")
    if form.startswith("application/json") and body:
        values |= json.loads(body)
    elif form.startswith("application/x-www-form-urlencoded"):
        values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif form.startswith("multipart/form-data"):
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + form.encode() + b"\r\n\r\n" + body)
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            assert isinstance(name, str)
            assert isinstance(content, bytes)
            filename = part.get_filename()
            if filename is None:
                values[name] = content.decode()
            else:
                files[name] = Upload(filename, part.get_content_type(), content)
    return values, files

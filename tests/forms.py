"""Posting as a browser does; Django's test client would send every form as if it held files."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

FORM = "application/x-www-form-urlencoded"


def post_form(client: Client, address: str, fields: dict[str, str], **options) -> HttpResponse:
    return client.post(address, urlencode(fields), content_type=FORM, **options)

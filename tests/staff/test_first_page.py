"""The staff's first page, and the way to the pages on every screen."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

PAGES = "/staff/campaign/page/"


def opened(client: Client, path: str, *roles: str) -> str:
    sign_in(client, new_account("ann", *roles))
    return client.get(path).content.decode()


def test_everything_that_can_be_changed_has_its_place():
    assert {model._meta.label for model in admin.site._registry} == set(settings.STAFF_ORDER)


def test_lists_stand_in_the_order_of_daily_work(client: Client):
    page = opened(client, "/staff/", "Publisher", "Auditor", "Administrator")

    lists = page.partition('class="apps"')[2]
    found = re.findall(r'<li class="model-(\w+)">', lists)
    assert found == [label.partition(".")[2].lower() for label in settings.STAFF_ORDER]


def test_pages_come_first(client: Client):
    page = opened(client, "/staff/", "Publisher").partition("<main")[2]

    links = [urlsplit(link).path for link in re.findall(r'href="([^"]*)"', page)]
    assert links[0:2] == [PAGES, f"{PAGES}add/"]


@pytest.mark.parametrize("path", ["/staff/", PAGES, "/staff/account/second-factor/"])
def test_way_to_the_pages_stands_in_the_header(client: Client, path: str):
    page = opened(client, path, "Writer")

    assert f'<a href="{PAGES}">Pages</a></nav>' in page.partition("</header>")[0]


def test_whoever_sees_no_pages_gets_no_way_to_them(client: Client):
    assert PAGES not in opened(client, "/staff/", "Auditor")

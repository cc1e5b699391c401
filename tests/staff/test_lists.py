"""Addresses of lists that nobody's click has made: filters and days that mean nothing."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from sextortion_site.staff.models import AuditEntry
from sextortion_site.staff.roles import ROLES
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

NONSENSE = ("x", "-1", "99999", "9" * 30, "9" * 5000, "\0")


@pytest.fixture
def maria(client):
    """Who may see every list."""
    account = new_account("maria", *ROLES.values())
    sign_in(client, account)
    return account


def filters_of(owner: admin.ModelAdmin) -> Iterator[str]:
    """The names by which a list takes what its filters, its days and its columns say."""
    yield from ("o", "p", "q")
    for name in [*owner.list_filter, owner.date_hierarchy]:
        if isinstance(name, str):
            yield f"{name}__exact"
            field = owner.model._meta.get_field(name)
            if isinstance(field, models.DateField):
                yield from (f"{name}__{part}" for part in ("year", "month", "gte"))
            if field.is_relation:
                yield f"{name}__id__exact"
        elif isinstance(name, type) and issubclass(name, admin.SimpleListFilter):
            yield name.parameter_name or ""


@pytest.mark.parametrize("owner", admin.site._registry.values(), ids=str)
def test_nonsense_is_no_fault_of_the_site(client, maria, owner):
    name = f"{owner.model._meta.app_label}_{owner.model._meta.model_name}"
    address = reverse(f"admin:{name}_changelist")
    for key in filters_of(owner):
        for value in NONSENSE:
            assert client.get(address, {key: value}).status_code in (200, 302, 400), (key, value)


def test_year_that_no_calendar_has_is_told_in_words(client, maria):
    address = reverse("admin:staff_auditentry_changelist")

    response = client.get(address, {"at__year": "99999"}, follow=True)

    assert response.request["QUERY_STRING"] == "e=1"
    assert response.status_code == 200


def test_year_that_is_there_still_chooses(client, maria):
    year = AuditEntry.objects.latest("number").at.year
    address = reverse("admin:staff_auditentry_changelist")

    assert "staff.rights_changed" in client.get(address, {"at__year": year}).content.decode()
    before = client.get(address, {"at__year": year - 1}).content.decode()
    assert "staff.rights_changed" not in before.partition('id="result_list"')[2]

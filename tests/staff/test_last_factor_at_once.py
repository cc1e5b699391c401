"""An app and a passkey that are taken off at the same moment: one of them stays."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment

from sextortion_site.staff.sign_in.adapter import SecondFactorAdapter
from tests.conftest import free_port, prepare, site_environment
from tests.staff.signing_in import be_sure, new_account, run_at, sign_in

TOGETHER_SECONDS = 2  # how long one that has looked waits for the other to look too


def take_both_off() -> None:
    """Prints how many factors are left. It runs at a site of its own, with a database on disk."""
    setup_test_environment()
    account = new_account("maria", "Writer")
    passkey = Authenticator.objects.create(user=account, type="webauthn", data={"name": "x"})
    client = Client()
    sign_in(client, account)
    be_sure(client, account)
    both_have_looked = threading.Barrier(2)
    look = SecondFactorAdapter.can_delete_authenticator

    def look_and_wait(self: SecondFactorAdapter, authenticator: Authenticator) -> bool:
        may = look(self, authenticator)
        with contextlib.suppress(threading.BrokenBarrierError):  # the other was not let in to look
            both_have_looked.wait(TOGETHER_SECONDS)
        return may

    def take_off(address: str) -> None:
        other = Client()
        other.cookies = client.cookies
        other.post(f"/staff/account/second-factor/{address}/off/")
        connections.close_all()

    SecondFactorAdapter.can_delete_authenticator = look_and_wait  # type: ignore[method-assign]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take_off, ["app", f"passkeys/{passkey.pk}"]))
    print(Authenticator.objects.filter(user=account).count())


LINES = (
    "from tests.staff.test_last_factor_at_once import take_both_off",
    "take_both_off()",
)


def test_one_of_two_factors_stays(new_site_folder):
    assert run_at(site_environment(new_site_folder(), free_port()), *LINES) == "1"


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_one_of_two_factors_stays_on_postgresql(tmp_path: Path, database_url: str):
    settings = {"DATABASE_URL": database_url}
    prepare(tmp_path, **settings)

    assert run_at(site_environment(tmp_path, free_port(), **settings), *LINES) == "1"

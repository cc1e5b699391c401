"""Whatever is sent in the place of a passkey is refused like a wrong one: no address fails."""

import hashlib
import json
import struct

import pytest
from allauth.mfa.models import Authenticator
from fido2 import cbor
from fido2.utils import websafe_encode

from tests.staff.examples import with_every_factor
from tests.staff.signing_in import PASSWORD, be_sure, new_account, sign_in

pytestmark = pytest.mark.django_db

SECOND_STEP = "/staff/account/second-factor/"
ALONE = f"{SECOND_STEP}passkeys/sign-in/"
STEP = f"{SECOND_STEP}step/"
SURE = f"{SECOND_STEP}passkeys/sure/"
NEW = f"{SECOND_STEP}passkeys/new/"

DEEP = 5000  # levels: more than Python follows


def said(**response: object) -> str:
    """A credential whose outer form is right."""
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": response})


def signed(client_data: bytes = b"{}", about: bytes = b"\0" * 37, handle: str = "eA") -> str:
    return said(
        clientDataJSON=websafe_encode(client_data),
        authenticatorData=websafe_encode(about),
        signature="eA",
        userHandle=handle,
    )


def made(attestation: bytes, client_data: bytes = b"{}") -> str:
    return said(
        clientDataJSON=websafe_encode(client_data), attestationObject=websafe_encode(attestation)
    )


WITH_EXTENSIONS = b"\0" * 32 + b"\x81" + b"\0" * 4
HOSTILE = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a word": '"x"',
    "null": "null",
    "a number of many digits": "9" * 5000,
    "such a number inside": '{"id": ' + "9" * 5000 + "}",
    "deep lists": "[" * 1200,
    "deep lists that end": "[" * DEEP + "]" * DEEP,
    "deep lists inside": '{"id": ' + "[" * DEEP + "]" * DEEP + "}",
    "no number": '{"id": NaN, "rawId": Infinity}',
    "an empty object": "{}",
    "an id alone": '{"id": "x"}',
    "an id that is a number": '{"id": 1, "rawId": 1}',
    "ids that differ": '{"id": "eA", "rawId": "eQ"}',
    "no response": '{"id": "eA", "rawId": "eA"}',
    "an empty response": said(),
    "a response that is a list": '{"id": "eA", "rawId": "eA", "response": []}',
    "a response that is null": '{"id": "eA", "rawId": "eA", "response": null}',
    "an id that is not base64": '{"id": "\u00e4", "rawId": "\u00e4", "response": {}}',
    "letters that no database takes": '{"id": "eA", "rawId": "eA", "x": "\\u0000\\ud800"}',
    "the number of nobody": signed(handle=websafe_encode(b"9" * 40)),
    "a name that is no number": signed(handle=websafe_encode(b"\xff\0")),
    "client data in deep lists": signed(client_data=b"[" * DEEP),
    "client data that are a list": signed(client_data=b"[]"),
    "client data without end": signed(client_data=b'{"challenge": "'),
    "an authenticator that says too little": signed(about=b"\0"),
    "deep extensions": signed(about=WITH_EXTENSIONS + b"\x81" * DEEP),
    "a list of 2**64 extensions": signed(about=WITH_EXTENSIONS + b"\x9b" + b"\xff" * 8),
    "a key that is cut off": signed(about=b"\0" * 32 + b"\x41" + b"\0" * 4 + b"\0" * 17),
    "no attestation": made(b""),
    "an attestation in deep lists": made(b"\x81" * DEEP),
    "an attestation that is a number": made(b"\x01"),
    "an attestation without data": made(cbor.encode({"fmt": "none"})),
    "a key that is a word": made(cbor.encode({"fmt": 1, "authData": "x", "attStmt": 1})),
}


@pytest.fixture
def maria():
    return with_every_factor(new_account("maria", "Writer"))


@pytest.fixture(params=[ALONE, STEP, SURE, NEW])
def address(request, client, maria) -> str:
    """Each form that takes a credential, at the point where it asks for one."""
    if request.param == STEP:
        client.post("/staff/account/sign-in/", {"login": "maria", "password": PASSWORD})
    if request.param in (SURE, NEW):
        sign_in(client, maria)
        be_sure(client, maria)
    asked = client.get(request.param, headers={"Accept": "application/json"})
    assert asked.status_code == 200
    return request.param


def everything() -> list[object]:
    return list(Authenticator.objects.order_by("pk").values_list("pk", "data", "last_used_at"))


@pytest.mark.parametrize("credential", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused(client, address, credential):
    before, was_signed_in = everything(), "_auth_user_id" in client.session

    response = client.post(address, {"credential": credential}, follow=True)

    assert response.status_code == 200
    assert everything() == before
    assert ("_auth_user_id" in client.session) == was_signed_in


def test_field_that_is_missing_is_refused(client, address):
    assert client.post(address, {"x": "y"}, follow=True).status_code == 200


# --- What gets as far as the key -----------------------------------------------------------


def of_browser(client, kind: str) -> bytes:
    """What a browser says of the question that this session was asked."""
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    return json.dumps({"type": kind, "challenge": challenge, "origin": "http://x"}).encode()


def about(flags: int, rest: bytes = b"") -> bytes:
    return hashlib.sha256(b"testserver").digest() + struct.pack(">BI", flags, 0) + rest


def attestation(flags: int, rest: bytes = b"") -> bytes:
    return cbor.encode({"fmt": "none", "attStmt": {}, "authData": about(flags, rest)})


PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def key_of(cose: dict[int, object]) -> bytes:
    return b"\0" * 16 + struct.pack(">H", 1) + b"x" + cbor.encode(cose)


@pytest.fixture
def new_passkey(client, maria) -> None:
    """Maria stands before the form for one."""
    sign_in(client, maria)
    be_sure(client, maria)
    client.get(NEW)


@pytest.mark.usefixtures("new_passkey")
def test_new_passkey_without_a_key_is_refused(client):
    before = everything()
    credential = made(attestation(PRESENT | VERIFIED), of_browser(client, "webauthn.create"))

    assert client.post(NEW, {"credential": credential}).status_code == 200
    assert everything() == before


@pytest.mark.usefixtures("new_passkey")
@pytest.mark.parametrize("more", ["\\u0000", "\\ud800"])
def test_new_passkey_with_letters_that_no_database_takes_is_refused(client, more):
    before = everything()
    key = attestation(PRESENT | VERIFIED | WITH_KEY, key_of({1: 2, 3: -7}))
    credential = made(key, of_browser(client, "webauthn.create"))

    client.post(NEW, {"credential": credential.replace('"id"', f'"more": "{more}", "id"')})

    assert everything() == before


@pytest.mark.parametrize(
    "cose",
    [{1: 2, 3: -7}, {1: 2, 3: -999}, {1: 2, 3: -7, -1: 1, -2: 1, -3: 1}],
    ids=["no numbers", "of no known kind", "numbers of the wrong kind"],
)
@pytest.mark.usefixtures("new_passkey")
def test_passkey_with_a_key_that_nothing_can_be_checked_with_lets_nobody_in(client, cose):
    key = attestation(PRESENT | VERIFIED | WITH_KEY, key_of(cose))
    client.post(NEW, {"credential": made(key, of_browser(client, "webauthn.create"))})
    client.get(SURE)
    before = everything()

    client.post(SURE, {"credential": signed(of_browser(client, "webauthn.get"), about(5))})

    assert everything() == before

"""Links before publishing. Other sites are played by one on this machine: the guard against
addresses of the house is opened for it, and has tests of its own."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from campaign.models import Page, Service
from campaign.publication_checks import asking, links
from campaign.publication_checks.asking import Answer, ask, is_public
from campaign.publication_checks.findings import Level
from campaign.publishing.content import PageWords, draft_words

STATUSES = {"/here": 200, "/moved": 301, "/for-now": 302, "/gone": 404, "/robots": 403, "/ill": 500}

INSIDE = [
    *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
    *("0.0.0.0/8", "100.64.0.0/10", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
    *(
        "::/96",
        "::ffff:0:0:0/96",
        "fec0::/10",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
        "2002::/16",
        "2001::/32",
        "64:ff9b::/96",
    ),
    *("::ffff:0:0/96", "64:ff9b:1::/48", "2001:db8::/32"),
]


class Elsewhere(BaseHTTPRequestHandler):
    """Another site: answers by the path, and notes what it was asked."""

    asked: list[tuple[str, str, dict[str, str]]]
    is_over: threading.Event

    def answer(self) -> None:
        self.asked.append((self.command, self.path, dict(self.headers)))
        if self.path == "/silent":
            self.is_over.wait()
        elif self.path == "/drips":
            while not self.is_over.wait(0.05):
                self.wfile.write(b"x")
        else:
            knows_head = self.path != "/get-only" or self.command == "GET"
            self.send_response(STATUSES.get(self.path, 200) if knows_head else 405)
            self.send_header("Location", "http://127.0.0.1/secret")
            self.send_header("Set-Cookie", "a=b")
            self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *args: object) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request, client_address) -> None:
        """Who asked has hung up: that is what some tests want."""


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The other site's address; the guard lets it be asked."""
    authority = trustme.CA()
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(theirs)
    handler = type("Here", (Elsewhere,), {"asked": [], "is_over": threading.Event()})
    server = QuietServer(("127.0.0.1", 0), handler)
    server.socket = theirs.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def trusted() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    monkeypatch.setattr(asking, "trusted", trusted)
    monkeypatch.setattr(asking, "public_address", lambda host, port: ("127.0.0.1", port))
    monkeypatch.setattr(Elsewhere, "asked", handler.asked, raising=False)
    yield f"https://other.example:{server.server_port}"
    handler.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/here", Answer.GOOD),
        ("/for-now", Answer.GOOD),
        ("/get-only", Answer.GOOD),
        ("/moved", Answer.MOVED),
        ("/gone", Answer.GONE),
        ("/robots", Answer.REFUSES),
        ("/ill", Answer.SILENT),
        ("/ümlaut and space", Answer.GOOD),
    ],
)
def test_answer_of_another_site_is_understood(elsewhere, path, answer):
    assert ask(f"{elsewhere}{path}") == answer


def test_no_redirect_is_followed_and_nothing_told_of_us(elsewhere):
    ask(f"{elsewhere}/moved")
    ask(f"{elsewhere}/here")

    assert [(method, path) for method, path, _headers in Elsewhere.asked] == [
        ("HEAD", "/moved"),
        ("HEAD", "/here"),
    ]
    for _method, _path, headers in Elsewhere.asked:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
        assert headers["User-Agent"] == "Mozilla/5.0"


@pytest.mark.parametrize("path", ["/silent", "/drips"])
def test_site_that_never_ends_its_answer_is_given_up(elsewhere, monkeypatch, path):
    monkeypatch.setattr(asking, "SECONDS", 0.3)

    assert ask(f"{elsewhere}{path}") == Answer.SILENT


def test_certificate_of_another_name_counts_as_no_answer(elsewhere):
    assert ask(elsewhere.replace("other.example", "wrong.example")) == Answer.SILENT
    assert Elsewhere.asked == []


# --- the guard ---


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_this_machine_is_not_asked(host):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)

        assert ask(f"https://{host}:{listener.getsockname()[1]}/") == Answer.SILENT
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https:///",
        "https://somebody@example.org/",
        "https://example.org:99999/",
        "https://[half/",
    ],
)
def test_what_is_no_plain_https_address_is_not_looked_up(monkeypatch, link):
    looked_up: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kw: looked_up.append(args) or [])

    assert ask(link) == Answer.SILENT
    assert looked_up == []


@given(st.sampled_from(INSIDE).flatmap(lambda net: st.ip_addresses(network=net)))
def test_address_of_a_house_is_not_public(address):
    assert not is_public(str(address))


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_address_of_a_house_is_found_inside_a_longer_one(address):
    number = int(address)
    for prefix, shift in (
        *(("::", 0), ("::ffff:0:0", 0), ("::ffff:0:0:0", 0), ("64:ff9b::", 0)),
        ("2002::", 80),
    ):
        whole = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number << shift)
        assert not is_public(str(whole))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_address_of_the_open_internet_is_public(address):
    assert is_public(address)


def found(*addresses: str) -> list[tuple[object, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize("addresses", [[], ["93.184.215.14", "10.0.0.1"], ["fe80::1%eth0"]])
def test_host_with_any_address_inside_is_not_asked(monkeypatch, addresses):
    called: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kw: found(*addresses))
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kw: called.append(args))

    assert ask("https://example.org/") == Answer.SILENT
    assert called == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch):
    """A name that leads elsewhere the second time gains nothing."""
    called: list[object] = []

    def refuse(address: object, timeout: float) -> None:
        called.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kw: found("93.184.215.14"))
    monkeypatch.setattr(socket, "create_connection", refuse)
    ask("https://example.org/")

    assert called == [("93.184.215.14", 443)]


# --- the check ---


def page_with(link: str) -> PageWords:
    words = draft_words(Page.objects.get(slug="students"))
    del words.sections[1:]
    words.sections[0].section.kind = "text"
    words.sections[0].section.body = f'<p><a href="{link}">a link</a></p>'
    return words


def told_of(link: str) -> list[str]:
    page = page_with(link)
    said = [*links.check_inside(page), *links.check_outside(page)]
    assert all(finding.level == Level.WARNING for finding in said)  # a link never stops
    return [finding.what for finding in said]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "link", ["/", "/support/", "/students/", "/report/", "/report/code/", "/feedback/", "tel:999"]
)
def test_link_inside_that_leads_somewhere_is_right(link):
    assert told_of(link) == []


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["/no-such-page/", "/support/deeper/", "/staff/", "/report/x/"])
def test_link_inside_that_leads_nowhere_is_told(link):
    assert told_of(link) == [f"The link {link} leads to no page of this site."]


@pytest.mark.django_db
def test_link_to_a_page_that_is_not_live_is_told():
    Page.objects.get(slug="friends").publications.all().delete()

    assert told_of("/friends/") == ["The link /friends/ leads to no page of this site."]


@pytest.mark.django_db
def test_link_to_a_part_of_a_page_is_told():
    assert "opens the page at its top" in told_of("/support/#childline")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/moved", "has moved"),
        ("/gone", "is not there any more"),
        ("/robots", "does not let a machine look"),
        ("/ill", "did not answer"),
    ],
)
def test_link_outside_that_fails_is_told_with_its_section(elsewhere, path, words):
    page = page_with(f"{elsewhere}{path}")

    [finding] = links.check_outside(page)

    assert words in finding.what
    assert finding.where == str(page.sections[0].section)


@pytest.mark.django_db
def test_link_is_asked_as_a_browser_would_ask_it(elsewhere):
    list(links.check_outside(page_with(f"{elsewhere}/here?a=1&amp;b=2")))

    assert Elsewhere.asked[0][1] == "/here?a=1&b=2"


@pytest.mark.django_db
def test_link_of_a_row_that_the_page_lists_is_asked_too(elsewhere):
    Service.objects.update(url="")
    Service.objects.filter(key="childline").update(url=f"{elsewhere}/gone")

    [finding] = links.check_outside(draft_words(Page.objects.get(slug="support")))

    assert finding.where == "Childline"


@pytest.mark.django_db
def test_publishing_does_not_wait_for_slow_sites(elsewhere, monkeypatch):
    monkeypatch.setattr(links, "SECONDS_FOR_ALL", 0.2)

    [said] = told_of(f"{elsewhere}/silent")

    assert said.startswith("Not asked, since other sites took too long")

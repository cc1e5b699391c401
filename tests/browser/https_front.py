"""nginx in front of a site, ending TLS with a certificate made for the occasion, as in service."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import trustme

from tests.conftest import ROOT, wait_until_listening

NGINX = "/usr/sbin/nginx"
OURS = (ROOT / "deploy" / "nginx.conf").read_text()
AROUND = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr emerg;
events {{}}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {ours}
}}
"""


@contextmanager
def running_https_front(folder: Path, url: str, site: str) -> Iterator[None]:
    """Answers at the https address with what the site at the other address says."""
    address = urlsplit(url)
    assert address.hostname
    assert address.port
    certificate = trustme.CA().issue_cert(address.hostname)
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "certificate.pem")
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, ours=ours(folder, address.port, site)))
    server = subprocess.Popen([NGINX, "-c", configuration, "-p", folder])
    try:
        wait_until_listening(server, address.port)
        yield
    finally:
        server.terminate()
        server.wait()


def ours(folder: Path, port: int, site: str) -> str:
    """deploy/nginx.conf for this place."""
    text = OURS
    for there, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("server_name site.example;", ""),
        ("/etc/ssl/site", str(folder)),
        ("/etc/nginx/site", str(ROOT / "deploy")),
        ("http://127.0.0.1:8000", site),
    ):
        assert there in text, there
        text = text.replace(there, here)
    return text

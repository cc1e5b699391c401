"""nginx in front of a site, ending TLS with a certificate made for the occasion, as in service."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import trustme

from tests.conftest import wait_until_listening

NGINX = "/usr/sbin/nginx"
CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    location / {{
      proxy_pass {site};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
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
    configuration.write_text(CONFIGURATION.format(folder=folder, port=address.port, site=site))
    server = subprocess.Popen([NGINX, "-c", configuration, "-p", folder])
    try:
        wait_until_listening(server, address.port)
        yield
    finally:
        server.terminate()
        server.wait()

"""What reporters write is nowhere to be found: not in a table, a log, a cache or a file.

Each report has markers of its own in every field. Afterwards all that was written anywhere is
searched for them, as text and in the forms in which text hides.
"""

import base64
import http.client
import json
import os
import secrets
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from reporting import questions
from tests.browser.https_front import running_https_front
from tests.conftest import free_port, prepare, running_site
from tests.postgresql import Server, as_somebody, programs, running_postgresql
from tests.reporting.sender import CODE, FORM, JOURNEY, REFERENCE

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

REPORTS = int(os.environ.get("REPORTS", "200"))

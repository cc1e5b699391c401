"""A wrong setting stops the start and names itself. Each start is a process of its own."""

import pytest

from tests.conftest import free_port, manage, site_environment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("HOST", "http://127.0.0.1"),
        ("DATA_DIR", "/dev/null/var"),
        ("DATABASE_URL", "mysql://host/site"),
        ("DEBUG", "perhaps"),
        ("SITE_URL", "example.police.uk"),
        ("SITE_URL", "http://example.police.uk"),
        ("ALLOWED_HOSTS", "*"),
        ("SECRET_KEY", "short"),
        ("SAFE_EXIT_URL", "http://example.org/"),
        ("SAFE_EXIT_URL", "/weather"),
        ("SAFE_EXIT_URL", "javascript:alert(1)"),
        ("SAFE_EXIT_URL", "https://127.0.0.1/"),
        ("SECURITY_CONTACT", "security@example.org"),
    ],
)
def test_wrong_setting_stops_the_start_naming_itself(tmp_path, name, value):
    environment = site_environment(tmp_path, free_port()) | {name: value}

    done = manage(environment, "check")

    assert done.returncode != 0
    assert name in done.stderr


def test_debug_beyond_this_machine_is_refused(tmp_path):
    environment = site_environment(
        tmp_path, free_port(), DEBUG="1", SITE_URL="https://example.police.uk"
    )

    done = manage(environment, "check")

    assert done.returncode != 0
    assert "DEBUG" in done.stderr


def test_good_settings_start(tmp_path):
    done = manage(site_environment(tmp_path, free_port()), "check")

    assert done.returncode == 0, done.stderr

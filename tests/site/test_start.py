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
        ("SECRET_KEY_FALLBACKS", f"{'x' * 50},short"),
        ("SAFE_EXIT_URL", "http://example.org/"),
        ("SAFE_EXIT_URL", "/weather"),
        ("SAFE_EXIT_URL", "javascript:alert(1)"),
        ("SAFE_EXIT_URL", "https://127.0.0.1/"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("SECURITY_CONTACT", "https://"),
        ("WEB_CONCURRENCY", "four"),
        ("SITE_ROLE", "editors"),
        ("PUBLIC_URL", "example.police.uk"),
        ("REPORT_MANIFEST_KEY", "0" * 63),
        ("REPORT_MANIFEST_KEY", "g" * 64),
        ("REPORT_SPOOL_DIR", "/no/such/folder"),
    ],
)
def test_wrong_setting_stops_the_start_naming_itself(tmp_path, name, value):
    environment = site_environment(tmp_path, free_port()) | {name: value}

    done = manage(environment, "check")

    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://site@127.0.0.1:1/site",
        "postgresql://site@127.0.0.1:1/site?sslmode=perhaps",
        "sqlite:////no/such/folder/site.sqlite3",
    ],
)
def test_database_that_cannot_be_opened_stops_the_start_naming_its_variable(tmp_path, url):
    environment = site_environment(tmp_path, free_port(), DATABASE_URL=url)

    done = manage(environment, "check", "--database", "default")

    assert done.returncode != 0
    assert "DATABASE_URL: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "value"), [("PORT", "http"), ("DATA_DIR", "/dev/null/var")])
def test_reason_is_one_line(tmp_path, name, value):
    done = manage(site_environment(tmp_path, free_port()) | {name: value}, "check")

    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", ["", "short\n"])
def test_broken_secret_key_file_stops_the_start(tmp_path, content):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret_key").write_text(content)

    done = manage(site_environment(tmp_path, free_port()), "check")

    assert done.returncode != 0
    assert "SECRET_KEY: is shorter than 50 characters" in done.stderr


def test_keys_that_cannot_be_written_stop_the_start(tmp_path):
    (tmp_path / "keys").write_text("not a folder")

    done = manage(site_environment(tmp_path, free_port()), "check")

    assert done.returncode != 0
    assert "SECRET_KEY: " in done.stderr


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

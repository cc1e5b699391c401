import pytest
from django.core.exceptions import ImproperlyConfigured

from sextortion_site import env


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda: env.flag("NAME"), "maybe"),
        (lambda: env.whole_number("NAME", 1, lowest=1, highest=9), "0"),
        (lambda: env.whole_number("NAME", 1, lowest=1, highest=9), "10"),
        (lambda: env.whole_number("NAME", 1, lowest=1, highest=9), "four"),
        (lambda: env.whole_number("NAME", 1, lowest=1, highest=9), "٣"),
        (lambda: env.host("NAME", "x"), "http://example.org"),
        (lambda: env.host("NAME", "x"), "two words"),
        (lambda: env.hosts("NAME"), "a.example,,b.example"),
        (lambda: env.origin("NAME", "x"), "example.org"),
        (lambda: env.origin("NAME", "x"), "ftp://example.org"),
        (lambda: env.origin("NAME", "x"), "https://example.org/path"),
        (lambda: env.origin("NAME", "x"), "https://me@example.org"),
        (lambda: env.origin("NAME", "x"), "https://example.org:99999"),
        (lambda: env.origin("NAME", "x"), "https://[::1"),
        (lambda: env.database("NAME", {}), "mysql://host/name"),
        (lambda: env.database("NAME", {}), "postgresql://host/"),
        (lambda: env.database("NAME", {}), "sqlite://"),
    ],
)
def test_bad_value_is_refused_and_names_its_variable(monkeypatch, reader, value):
    monkeypatch.setenv("NAME", value)

    with pytest.raises(ImproperlyConfigured, match=r"^NAME: "):
        reader()


def test_database_password_is_not_repeated_in_the_message(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://writer:open-sesame@host/name")

    with pytest.raises(ImproperlyConfigured) as caught:
        env.database("DATABASE_URL", {})

    assert "open-sesame" not in str(caught.value)


def test_empty_value_counts_as_unset(monkeypatch):
    monkeypatch.setenv("NAME", "  ")

    assert env.whole_number("NAME", 7, lowest=1, highest=9) == 7


def test_database_url_becomes_settings(monkeypatch):
    monkeypatch.setenv("NAME", "postgresql://writer:p%40ss@db.example:5433/site?sslmode=require")

    settings = env.database("NAME", {})

    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "site",
        "USER": "writer",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


def test_folder_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("NAME", str(tmp_path / "a" / "b"))

    assert env.folder("NAME", tmp_path).is_dir()


def test_folder_under_a_file_is_refused(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NAME", str(tmp_path / "file" / "b"))

    with pytest.raises(ImproperlyConfigured, match=r"^NAME: "):
        env.folder("NAME", tmp_path)


def test_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    place = tmp_path / "keys" / "secret_key"

    first, second = env.secret("NO_SUCH_NAME", place), env.secret("NO_SUCH_NAME", place)

    assert first == second
    assert len(first) >= 50
    assert place.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in place.parent.iterdir()] == ["secret_key"]


def test_short_secret_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("NAME", "hunter2")

    with pytest.raises(ImproperlyConfigured, match=r"^NAME: "):
        env.secret("NAME", tmp_path / "secret_key")

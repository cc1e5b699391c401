import pytest
from django.db import OperationalError, connection


def test_live_needs_no_database(client):
    assert client.get("/health/live").content == b"live\n"


@pytest.mark.django_db
def test_ready_when_the_database_is_migrated(client):
    response = client.get("/health/ready")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'campaign'")

    response = client.get("/health/ready")

    assert (response.status_code, response.content) == (503, b"database: not migrated\n")


@pytest.mark.django_db
def test_not_ready_while_the_database_does_not_answer(client):
    def down(*args):
        raise OperationalError("down")

    with connection.execute_wrapper(down):
        response = client.get("/health/ready")

    assert (response.status_code, response.content) == (503, b"database: does not answer\n")

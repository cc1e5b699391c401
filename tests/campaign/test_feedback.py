import pytest

from campaign.models import Feedback

pytestmark = pytest.mark.django_db


def test_words_are_kept_with_the_hour_alone(client):
    response = client.post("/feedback/", {"message": "Bigger text, please"}, follow=True)

    row = Feedback.objects.get()
    assert "Thank you" in response.content.decode()
    assert row.message == "Bigger text, please"
    assert (row.arrived_at.minute, row.arrived_at.second, row.arrived_at.microsecond) == (0, 0, 0)
    assert {field.name for field in Feedback._meta.get_fields()} == {"id", "message", "arrived_at"}


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("", "Write a few words first."),
        (" \n ", "Write a few words first."),
        ("x" * 2001, "Please write 2000 letters at most."),
        ("nul\0byte", "Null characters are not allowed."),
    ],
)
def test_message_that_cannot_be_kept_gets_a_clear_answer_and_is_not_lost(client, message, error):
    response = client.post("/feedback/", {"message": message})

    page = response.content.decode()
    assert response.status_code == 422
    assert error in page
    assert message.strip("\0 \n")[:20] in page
    assert not Feedback.objects.exists()


def test_markup_in_a_message_comes_back_as_text(client):
    page = client.post("/feedback/", {"message": "<script>alert(1)</script>\0"}).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_longest_message_is_kept_whole(client):
    message = "ж" * 2000

    client.post("/feedback/", {"message": message})

    assert Feedback.objects.get().message == message

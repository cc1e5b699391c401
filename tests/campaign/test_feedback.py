import pytest
from django.contrib.admin.models import LogEntry

from campaign.models import Feedback
from sextortion_site.staff.models import AuditEntry
from tests.forms import post_form

pytestmark = pytest.mark.django_db


def test_words_are_kept_with_the_hour_alone(client):
    response = post_form(client, "/feedback/", {"message": "Bigger text, please"}, follow=True)

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
    response = post_form(client, "/feedback/", {"message": message})

    page = response.content.decode()
    assert response.status_code == 422
    assert error in page
    assert message.strip("\0 \n")[:20] in page
    assert not Feedback.objects.exists()


def test_markup_in_a_message_comes_back_as_text(client):
    page = post_form(
        client, "/feedback/", {"message": "<script>alert(1)</script>\0"}
    ).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_longest_message_is_kept_whole(client):
    message = "ж" * 2000

    post_form(client, "/feedback/", {"message": message})

    assert Feedback.objects.get().message == message


def test_line_break_counts_as_one_letter(client):
    message = "x" * 1990 + "\r\n" * 10

    post_form(client, "/feedback/", {"message": message})

    assert Feedback.objects.get().message == "x" * 1990


def test_fault_is_marked_at_its_field(client):
    page = post_form(client, "/feedback/", {"message": ""}).content.decode()

    assert '<div class="field has-error">' in page
    assert 'id="id_message_error"><p>Write a few words first.</p>' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=B",
        "multipart/form-data; boundary=B; charset=utf-7",
        "application/json",
        "text/plain",
        "",
    ],
)
def test_post_that_is_no_ordinary_form_is_refused_unread(client, content_type):
    body = b'--B\r\nContent-Disposition: form-data; name="message"\r\n\r\nhello\r\n--B--\r\n'

    response = client.post("/feedback/", body, content_type=content_type)

    assert response.status_code == 415
    assert "so nothing was kept" in response.content.decode()
    assert 'href="/leave/"' in response.content.decode()
    assert not Feedback.objects.exists()


def test_charset_that_the_sender_names_is_not_used(client):
    response = client.post(
        "/feedback/",
        "message=caf%C3%A9",
        content_type="application/x-www-form-urlencoded; charset=utf-7",
    )

    assert response.status_code == 302
    assert Feedback.objects.get().message == "café"


def test_post_without_the_field_gets_the_error(client):
    assert post_form(client, "/feedback/", {"other": "x"}).status_code == 422


def test_form_that_is_far_too_large_gets_the_helpful_page(client):
    response = post_form(client, "/feedback/", {"message": "x" * 2_000_000})

    assert response.status_code == 400
    assert "too large" in response.content.decode()


def test_deleted_feedback_leaves_no_words_behind(editor):
    row = Feedback.objects.create(message="my-own-words in the feedback")
    editor.get(f"/staff/campaign/feedback/{row.pk}/delete/")

    editor.post(f"/staff/campaign/feedback/{row.pk}/delete/", {"post": "yes"})

    assert not Feedback.objects.exists()
    assert not LogEntry.objects.filter(object_repr__contains="my-own-words").exists()
    assert AuditEntry.objects.first().about == f"feedback {row.pk}"

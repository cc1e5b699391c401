"""Rules that the database itself keeps, whoever writes to it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from campaign.models import Entry, Feedback, Page, Section, Service, SiteSettings, Topic

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("model", "change", "constraint"),
    [
        (Service, {"source": ""}, "service_source_is_given"),
        (Service, {"owner": ""}, "service_owner_is_given"),
        (Service, {"who_for": ""}, "service_who_for_is_given"),
        (Service, {"kind": "shop"}, "service_kind_is_known"),
        (Service, {"grade": "D"}, "service_grade_is_known"),
        (Service, {"grade": "C", "is_shown": True}, "service_grade_c_is_not_shown"),
        (Service, {"checked_on": DAY, "check_again_on": DAY}, "service_dates_in_order"),
        (Page, {"title": ""}, "page_title_is_given"),
        (Page, {"reader": "dog"}, "page_reader_is_known"),
        (Page, {"group": ""}, "page_group_is_known"),
        (Page, {"picture": "hoodie"}, "page_picture_is_known"),
        (Section, {"heading": "", "body": ""}, "section_says_something"),
        (Section, {"kind": "song", "heading": "x"}, "section_kind_is_known"),
        (
            Section,
            {"kind": "text", "heading": "x", "columns": "a | b"},
            "section_columns_only_on_tables",
        ),
        (Section, {"kind": "steps", "heading": "", "body": "x"}, "section_has_heading"),
        (Entry, {"lead": "", "text": ""}, "entry_says_something"),
        (Entry, {"speaker": "me"}, "entry_speaker_is_known"),
        (SiteSettings, {"id": 2}, "sitesettings_is_one_row"),
        (SiteSettings, {"force_name": ""}, "sitesettings_force_name_is_given"),
        (Service, {"url": "javascript:x"}, "service_url_is_web"),
        (Service, {"source_url": "data:text/html,x"}, "service_source_url_is_web"),
        (SiteSettings, {"force_url": "javascript:x"}, "sitesettings_force_url_is_web"),
        (SiteSettings, {"leave_url": "javascript:x"}, "sitesettings_leave_url_is_web"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_database_refuses(model, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**change)


def test_database_refuses_a_topic_on_a_section_that_lists_nothing():
    section = Section.objects.filter(kind="text").first()

    with pytest.raises(IntegrityError, match="section_topic_only_on_lists"), transaction.atomic():
        Section.objects.filter(pk=section.pk).update(topic=Topic.objects.first())


def test_database_refuses_empty_feedback():
    with pytest.raises(IntegrityError, match="feedback_message_is_given"), transaction.atomic():
        Feedback.objects.create(message="")


def test_every_constraint_has_a_name_of_its_own():
    from django.apps import apps

    names = [
        constraint.name
        for model in apps.get_app_config("campaign").get_models()
        for constraint in model._meta.constraints
    ]

    assert len(names) == len(set(names)) >= 50

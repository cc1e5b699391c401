"""What stays of a rich text: the marks that pages use, and links that lead where they say."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.models import Section
from campaign.models.fields import clean_markup
from campaign.publication_checks.markup import is_broken

MARKS = {"p", "strong", "em", "ul", "ol", "li", "br", "a"}

PIECES = st.sampled_from(
    [
        *(f"<{mark}>" for mark in MARKS),
        *(f"</{mark}>" for mark in MARKS),
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><style><a id='</style><img src=x onerror=alert(1)>'>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<p class=x style='color:red' id=main onclick=alert(1) data-counted=/>",
        "<a href='https://example.org/?a=1&b=2' target=_blank rel=opener class=x title=y>",
        "<a href=' javascript:alert(1)'>",
        "<a href='java\tscript:alert(1)'>",
        "<a href='data:text/html,x'>",
        "<a href='//elsewhere.example'>",
        "<a href='/\\elsewhere.example'>",
        "<a href='/\t/elsewhere.example'>",
        "<a href='/help-now/'>",
        "<a href='tel:116123'>",
        "<!-- a comment -->",
        "<![CDATA[x]]>",
        "&lt;script&gt;",
        "&#106;avascript:",
        "[[service:childline]]",
        "<",
        ">",
        "\x00",
        "words",
    ]
)
HOSTILE = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5))).map("".join))


class Read(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@given(HOSTILE)
def test_nothing_stays_but_the_marks_that_pages_use(text):
    for tag, attributes in Read(clean_markup(text)).found:
        assert tag in MARKS
        assert attributes.keys() <= ({"href"} if tag == "a" else set())


@given(HOSTILE)
def test_link_leads_to_another_site_only_by_https(text):
    for _tag, attributes in Read(clean_markup(text)).found:
        if link := attributes.get("href"):
            # As a browser reads it: tabs and line ends are not there, a backslash is a slash.
            read = re.sub(r"[\t\r\n]", "", link).replace("\\", "/")
            parts = urlsplit(urljoin("https://here.example/page/", read))
            assert parts.scheme in {"https", "tel", "sms", "mailto"}
            assert parts.netloc in {"", "here.example"} or link.lower().startswith("https://")


@given(HOSTILE)
def test_what_was_cleaned_stays_as_it_is(text):
    once = clean_markup(text)

    assert clean_markup(once) == once


@given(st.lists(st.sampled_from(["stop", "pay", "&amp;", "“no”", "é"])).map(" ".join))
def test_words_in_the_marks_of_pages_stay_as_they_are(words):
    text = (
        f"<p>{words}<br>x <strong>{words}b</strong> <em>c{words}</em></p>"
        f'<ul><li>a{words}<ol><li>b</li></ol></li></ul><p><a href="/support/">{words}d</a></p>'
    )

    assert clean_markup(text) == text
    assert not is_broken(text)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a?b=c#d",
        "tel:116123",
        "sms:85258",
        "mailto:a@example.org",
        "/",
        "/a/#b",
    ],
)
def test_link_that_pages_use_stays(link):
    assert clean_markup(f'<p><a href="{link}">x</a></p>') == f'<p><a href="{link}">x</a></p>'


@pytest.mark.parametrize(
    "link",
    ["http://example.org", "ftp://example.org", "//example.org", "/\\example.org", "page", "#part"],
)
def test_link_of_another_kind_leads_nowhere(link):
    assert clean_markup(f'<p><a href="{link}">x</a></p>') == "<p><a>x</a></p>"


def test_text_that_was_emptied_is_empty():
    assert clean_markup("<p></p>") == ""


@pytest.mark.django_db
def test_text_is_cleaned_also_where_no_form_saves_it():
    section = Section.objects.exclude(body="").first()
    assert section is not None
    section.body = '<p class="x">a<script>alert(1)</script></p>'
    section.save(update_fields=["body"])

    section.refresh_from_db()
    assert section.body == "<p>a</p>"


@pytest.mark.django_db
def test_text_is_cleaned_where_many_are_saved_at_once():
    section = Section.objects.exclude(body="").first()
    assert section is not None
    section.pk, section.body = None, "<p onclick=x>a</p>"
    Section.objects.bulk_create([section])

    assert Section.objects.latest("pk").body == "<p>a</p>"

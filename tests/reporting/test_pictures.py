"""A picture pasted as text goes nowhere; the words around it are kept."""

import time

import pytest

from reporting.questions import clean, has_picture
from reporting.questions.pictures import LONGEST_RUN, TAKEN_OUT

FORM = {"danger": "no", "who": "me", "story": "They want money."}

# Base64 of bytes 0 to 255, over and over.
RUN = ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v" * 40)[:LONGEST_RUN]
LINES = "\n".join([RUN[at : at + 76] for at in range(0, 912, 76)] + [RUN[:76]] * 2)


@pytest.mark.parametrize(
    "picture",
    [
        "data:image/png;base64,iVBORw0KGgo=",
        "DATA:Image/JPEG;base64,/9j/4AAQ",
        "data:;base64,AAAA",
        "data:image/svg+xml;charset=utf-8,%3Csvg%3E",
        RUN,
        RUN + "==",
        RUN.replace("A", "-").replace("B", "_"),
        LINES,
        LINES.replace("\n", "\r\n"),
        LINES.replace("\n", " "),
        LINES + "\nAAEC==",
        RUN.encode().hex()[:LONGEST_RUN],
    ],
)
def test_picture_as_text_is_refused_and_the_words_around_it_are_kept(picture):
    cleaned = clean({**FORM, "story": f"He sent this: {picture}\nand then he called."})

    assert list(cleaned.errors) == ["story"]
    assert "Please don't send it." in cleaned.errors["story"]
    assert cleaned.shown["story"] == [f"He sent this: {TAKEN_OUT}\nand then he called."]
    assert "story" not in cleaned.answers or picture not in cleaned.answers["story"]
    assert has_picture({"anything": [picture]})
    assert has_picture({"anything": picture})


def test_picture_is_refused_where_the_branch_does_not_ask_too():
    assert list(clean({**FORM, "job": RUN}).errors) == ["job"]


def test_form_can_be_sent_once_the_picture_is_out():
    cleaned = clean({**FORM, "story": f"Look: {RUN}"})

    assert clean({**FORM, **cleaned.shown}).answers["story"] == f"Look: {TAKEN_OUT}"


@pytest.mark.parametrize(
    "text",
    [
        "my data: it was a lot, see data:image/png, and data:, and data:;x, too",
        "no" * 1500,
        RUN[1:],
        "https://example.com/" + "a/b-c_d." * 300,
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq\n" * 20,
        "word " * 790,
        "f1" * 20 + "\n" + "they want money",
    ],
)
def test_what_people_paste_is_no_picture(text):
    assert clean({**FORM, "story": text}).errors == {}
    assert clean({**FORM, "story": text}).answers["story"] == text


@pytest.mark.parametrize(
    "text", ["data:" * 13000, "data:a/" + ";a" * 32000, ("a" * 39 + " ") * 1600, "a" * 65536]
)
def test_text_made_to_be_slow_is_not(text):
    start = time.process_time()

    assert not has_picture({"story": text})
    assert time.process_time() - start < 1  # some 0.01 s where nothing else runs

import pytest

from campaign.reading_age import plain_sentences, readability


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h2>Stop</h2><p>Do not pay.</p>", "Stop. Do not pay."),
        ("<ul><li>One</li><li>Two</li></ul>", "One. Two."),
        ("<p>Keep <strong>this</strong> now:</p>", "Keep this now."),
        ("a&amp;b<br>c", "a&b. c."),
        ("", ""),
        ("<p> </p>", ""),
    ],
)
def test_every_block_ends_like_a_sentence(markup, text):
    assert plain_sentences(markup) == text


def test_short_words_are_easier_than_long_ones():
    easy = readability("<p>Stop. Do not pay. Tell a friend.</p>")
    hard = readability(
        "<p>Notwithstanding aforementioned considerations, individuals experiencing extortion "
        "should immediately discontinue communication with perpetrators.</p>"
    )

    assert (easy.words, easy.age) == (7, 5)
    assert hard.age > 18


def test_no_words_have_no_grade():
    assert (readability("<p></p>").words, readability("<p></p>").grade) == (0, 0.0)

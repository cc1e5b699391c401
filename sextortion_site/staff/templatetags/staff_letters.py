from django import template

register = template.Library()


@register.filter
def in_fours(letters: str) -> list[str]:
    """Parts of four letters, so that nobody loses their place while typing them."""
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]

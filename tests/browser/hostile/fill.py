"""Run inside a site that tests may spoil: fills it with attempts and prints what came of it."""

import json
import sys

import django
from django.conf import settings
from django.test.utils import setup_test_environment


def main() -> None:
    django.setup()
    setup_test_environment()  # answers tell of their forms
    # A hundred accounts in a moment.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from campaign.admin import row_forms
    from campaign.models import Feedback
    from tests.browser.hostile.attempts import ATTEMPTS
    from tests.browser.hostile.by_form import Sent, send_all
    from tests.browser.hostile.past_the_forms import put_all
    from tests.forms import post_form

    # Pages full of attempts weigh too much; here they are to be shown all the same.
    row_forms.check_pages_after = lambda change: []
    sent, editor = Sent(), django.test.Client()
    editor.cookies["sessionid"] = sys.argv[1]
    send_all(editor, sent)
    for attempt in ATTEMPTS:
        answer = post_form(django.test.Client(), "/feedback/", {"message": attempt})
        if answer.status_code == 422:
            sent.refusals.append(answer.content.decode())
    feedback = Feedback.objects.order_by("pk").values_list("pk", flat=True)
    put_all(sent.rows)
    for pk, attempt in zip(sent.rows["campaign.tip"][::4], ATTEMPTS[::4], strict=True):
        gone = editor.post(f"/staff/campaign/tip/{pk}/delete/", {"post": "yes", "why": attempt})
        assert gone.status_code == 302
    sent.rows["campaign.feedback"] = list(feedback)
    json.dump(vars(sent), sys.stdout)


if __name__ == "__main__":
    main()

"""Sessions in the database. Anybody who asks for the door gets one, so that of somebody who has not
signed in does not stay for long: clearsessions takes it away."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

AT_THE_DOOR_SECONDS = 30 * 60  # long enough to choose a password, or to look for the phone


class SessionStore(DatabaseStore):
    def get_session_cookie_age(self) -> int:
        return settings.SESSION_COOKIE_AGE if SESSION_KEY in self else AT_THE_DOOR_SECONDS

"""How staff sign in: a password and a second factor, or a passkey alone. allauth does the work;
here is what it must not do (mail, sign-up, keeping addresses) and what it does not: the lock that
belongs to an account, the idle time-out, links in the place of mail."""

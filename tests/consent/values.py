"""Values of the cookie ``consent``. The server and the script have to agree on each."""

# What this site cannot have written: it says nothing, and the reader is asked.
FORGED = [
    "accepted",
    "preferences.1.accepted~",
    "~preferences.1.accepted",
    "preferences.1.accepted~preferences.1.accepted",
    "preferences.1.accepted~preferences.1.declined",
    "preferences.1.accepted~marketing.1.accepted",
    "preferences.1.accepted~essential.1.accepted",
    "preferences.1.accepted~analytics.1.undecided",
    "preferences.1.accepted~analytics.1.accepted.more",
    "PREFERENCES.1.ACCEPTED~ANALYTICS.1.ACCEPTED",
    "preferences.-1.accepted~analytics.1.accepted",
    "preferences.1.accepted~analytics.1.accepted" + "~" * 100,
    f"preferences.{'1' * 100}.accepted~analytics.1.accepted",
]
# What an earlier version of this site wrote: what has a new purpose is asked about again.
OUTDATED = [
    "preferences.99.accepted~analytics.1.accepted",
    "preferences.01.accepted~analytics.1.accepted",
    "analytics.1.declined~preferences.99.declined",
]

"""Against abuse of the public form, without a third party and without keeping addresses.

Nothing is refused for being suspicious; it is only marked. What is known is counts under names
that nobody can turn back into addresses, in this process's memory, for a day at most. No word of
a report comes here. docs/reporting-abuse.md gives the reasons and the numbers.
"""

from reporting.abuse.client import client_of
from reporting.abuse.honeypot import HONEYPOT
from reporting.abuse.watch import FormFields, Watch
from reporting.abuse.work import SOLUTION

__all__ = ["HONEYPOT", "SOLUTION", "FormFields", "Watch", "client_of", "watch"]

# What this process has counted. Each process of the server has its own.
watch = Watch()

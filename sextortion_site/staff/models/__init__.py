from sextortion_site.staff.models.account import Account
from sextortion_site.staff.models.audit import AuditEntry
from sextortion_site.staff.models.sign_in import LinkKind, SignInTries, StaffLink

__all__ = ["Account", "AuditEntry", "LinkKind", "SignInTries", "StaffLink"]

from sextortion_site.staff.models.audit import AuditEntry

__all__ = ["AuditEntry"]

"""Accounts and the audit trail. Django finds the registrations by importing this package."""

from sextortion_site.staff.admin import accounts, audit

__all__ = ["accounts", "audit"]

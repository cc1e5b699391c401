"""The editors' side. Django finds the registrations by importing this package."""

from campaign.admin import facts, feedback, images, pages, shared, site, visits

__all__ = ["facts", "feedback", "images", "pages", "shared", "site", "visits"]

from campaign.models.editing import Editing
from campaign.models.facts import AppGuide, Figure, Law, Route, Service
from campaign.models.feedback import Feedback
from campaign.models.images import Image, ImageFile
from campaign.models.pages import Page
from campaign.models.revisions import Publication, Revision, RowVersion
from campaign.models.sections import Entry, Section
from campaign.models.shared import Resource, Tip, Topic, WarningSign
from campaign.models.site import SiteSettings
from campaign.models.visits import PageCount, Visit

__all__ = [
    "AppGuide",
    "Editing",
    "Entry",
    "Feedback",
    "Figure",
    "Image",
    "ImageFile",
    "Law",
    "Page",
    "PageCount",
    "Publication",
    "Resource",
    "Revision",
    "Route",
    "RowVersion",
    "Section",
    "Service",
    "SiteSettings",
    "Tip",
    "Topic",
    "Visit",
    "WarningSign",
]

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = _("What the public reads")

    # For print_grants. The words are read, feedback is handed in, visits are counted and what is
    # old of them deleted.
    public_grants = {
        "Page": ["SELECT"],
        "Section": ["SELECT"],
        "Entry": ["SELECT"],
        "Revision": ["SELECT"],
        "Publication": ["SELECT"],
        "RowVersion": [],
        "Image": ["SELECT"],
        "ImageFile": ["SELECT"],
        "SiteSettings": ["SELECT"],
        "Topic": ["SELECT"],
        "Service": ["SELECT"],
        "Service_topics": ["SELECT"],
        "Route": ["SELECT"],
        "Route_topics": ["SELECT"],
        "Figure": ["SELECT"],
        "Figure_topics": ["SELECT"],
        "Law": ["SELECT"],
        "Law_topics": ["SELECT"],
        "AppGuide": ["SELECT"],
        "AppGuide_topics": ["SELECT"],
        "WarningSign": ["SELECT"],
        "WarningSign_topics": ["SELECT"],
        "Tip": ["SELECT"],
        "Tip_topics": ["SELECT"],
        "Resource": ["SELECT"],
        "Resource_topics": ["SELECT"],
        "Feedback": ["INSERT", "SELECT (id)"],
        "Visit": [
            "SELECT",
            "INSERT",
            "UPDATE (key, pages_read, has_reached_help, has_gone_to_report)",
            "DELETE",
        ],
        "PageCount": ["SELECT", "INSERT", "UPDATE (views)", "DELETE"],
    }

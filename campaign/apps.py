from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Drafts until they are published; the rest of what editors write is live when it is saved.
DRAFTS = ("page", "section", "entry")
EDITED = (
    *DRAFTS,
    "sitesettings",
    "topic",
    "service",
    "route",
    "figure",
    "law",
    "appguide",
    "warningsign",
    "tip",
    "resource",
    "image",
)


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = _("What the public reads")

    # For the roles of staff. A writer's words are drafts; what is live at once is a publisher's.
    staff_roles = {
        "writer": [
            *(f"view_{name}" for name in EDITED),
            *(f"{verb}_{name}" for verb in ("add", "change") for name in DRAFTS),
            "delete_section",
            "delete_entry",
            "view_feedback",
            "view_visit",
        ],
        "publisher": [
            *(f"{verb}_{name}" for verb in ("view", "add", "change", "delete") for name in EDITED),
            "publish_page",
            "view_feedback",
            "delete_feedback",
            "view_visit",
        ],
    }

    # For the audit trail: what staff do here, in words.
    staff_actions = {
        "campaign.published": _("Published a page"),
        "campaign.scheduled": _("Scheduled a page"),
        "campaign.taken_off": _("Took a page off, or planned to"),
        "campaign.cancelled": _("Cancelled what was planned for a page"),
        "campaign.restored": _("Restored an earlier state"),
        "campaign.page_deleted": _("Deleted a page"),
        "campaign.brought_back": _("Brought a deleted page back"),
        "campaign.row_changed": _("Changed what is live at once"),
        "campaign.row_deleted": _("Deleted what was live at once"),
        "campaign.feedback_deleted": _("Deleted feedback"),
    }

    # For print_grants. The words are read, feedback is handed in, visits are counted and what is
    # old of them deleted.
    public_grants = {
        "Page": ["SELECT"],
        "Section": ["SELECT"],
        "Entry": ["SELECT"],
        "Revision": ["SELECT"],
        "Publication": ["SELECT"],
        "RowVersion": [],
        "Editing": [],
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

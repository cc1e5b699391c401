"""Which Content-Security-Policy a page gets; django-csp writes the header.

Public pages allow their own inline style and scripts by hash and nothing else. The staff pages
are Django's admin: files from this site, and a nonce for the editor's import map. The policies
stand in the settings, so that a move to Django's own CSP middleware touches this file alone.
"""

from csp.constants import NONE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from sextortion_site.delivery import page_assets


def as_public_page(response: HttpResponse) -> HttpResponse:
    """Marks a page with the public face, such as an error page, whatever its address."""
    response.is_public_page = True  # type: ignore[attr-defined]  # read below
    return response


def as_preview(response: HttpResponse) -> HttpResponse:
    """Marks a public page that stands, without its scripts, in a frame of the staff's pages."""
    response.is_preview = True  # type: ignore[attr-defined]  # read below
    return as_public_page(response)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        is_staff_page = request.path_info.startswith(settings.STAFF_PREFIX)
        if is_staff_page and not getattr(response, "is_public_page", False):
            parts.config = settings.STAFF_CONTENT_SECURITY_POLICY
        else:
            parts.update = {
                "style-src": _sources(page_assets.page_style(), *page_assets.own_styles()),
                "script-src": _sources(
                    *page_assets.page_head_scripts(),
                    *page_assets.page_scripts(),
                    *page_assets.own_scripts(),
                ),
            }
            if getattr(response, "is_preview", False):
                parts.replace = {
                    "script-src": [NONE],
                    "frame-ancestors": [SELF],
                    "base-uri": [settings.PUBLIC_URL or NONE],
                }
                del parts.update["script-src"]
        return parts


def _sources(*assets: page_assets.InlineAsset) -> list[str]:
    return [asset.csp_source for asset in assets]

"""Which Content-Security-Policy a page gets; django-csp writes the header.

Public pages allow their own inline style and scripts by hash and nothing else. The staff pages
are Django's admin: files from this site, and a nonce for the editor's import map. The policies
stand in the settings, so that a move to Django's own CSP middleware touches this file alone.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sextortion_site.delivery import page_assets


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
        if request.path_info.startswith(settings.STAFF_PREFIX):
            parts.config = settings.STAFF_CONTENT_SECURITY_POLICY
        else:
            parts.update = {
                "style-src": [page_assets.page_style().csp_source],
                "script-src": [
                    page_assets.page_head_script().csp_source,
                    page_assets.page_script().csp_source,
                ],
            }
        return parts

"""The screens beside a page's form: preview, publish, schedule, take off, cancel, bring back."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.admin.page_forms import MomentForm, OfRevision, PublishForm, ScheduleForm
from campaign.editing import others_editing
from campaign.models import Page, Publication
from campaign.preview import DAYS, preview_link
from campaign.publication_checks import check_page, stops
from campaign.publishing.comparison import differences
from campaign.publishing.content import words_from
from campaign.publishing.deletion import bring_back
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import (
    cancel,
    is_live,
    live_publication,
    publish,
    unpublish,
    what_comes,
)
from sextortion_site.staff import audit
from sextortion_site.staff.moments import moment
from sextortion_site.staff.sign_in.idle import in_the_background


class PageScreens:
    """Mixed into the admin of pages."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        screens: dict[str, Any] = {
            "preview": self.preview_screen,
            "publish": self.publish_screen,
            "schedule": self.schedule_screen,
            "unpublish": self.unpublish_screen,
            "bring-back": require_POST(self.bring_back),
            "editing": require_POST(self.editing),
        }
        own = [
            path(f"<int:pk>/{name}/", self._for_staff(name, view), name=f"campaign_page_{name}")
            for name, view in screens.items()
        ]
        cancelling = path(
            "<int:pk>/cancel/<int:publication>/",
            self.admin_site.admin_view(require_POST(self.cancel)),
            name="campaign_page_cancel",
        )
        return [*own, cancelling, *super().get_urls()]  # type: ignore[misc]  # of ModelAdmin

    def _for_staff(self, name: str, view: Any) -> Any:
        guarded = self.admin_site.admin_view(view)
        # A script asks by itself who else is there: that keeps nobody signed in.
        return in_the_background(guarded) if name == "editing" else guarded

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm("campaign.publish_page")

    # --- screens ---

    def preview_screen(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self._kept_page(request, pk, "view_page")
        revision = save_draft(page, None)  # whoever only looks has written nothing
        link = preview_link(revision)
        findings = check_page(words_from(revision.content, page.pk), asks_others=False)
        context = {
            "link": link,
            "path": urlsplit(link).path,
            "days": DAYS,
            "is_live": is_live(revision),
            "findings": findings,
        }
        return self._screen(request, page, "preview", _("Preview"), context)

    def publish_screen(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._publish(request, pk, "campaign.published", _("Publish"), PublishForm)

    def schedule_screen(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._publish(request, pk, "campaign.scheduled", _("Schedule"), ScheduleForm)

    def _publish(
        self, request: HttpRequest, pk: int, action: str, title: str, form_class: type[OfRevision]
    ) -> HttpResponse:
        page = self._kept_page(request, pk)
        revision = save_draft(page, None)  # whoever only looks has written nothing
        live = live_publication(page)
        before = live.revision.content if live and live.revision else None
        findings = check_page(words_from(revision.content, page.pk))
        posted = request.POST if request.method == "POST" else None
        form = form_class(posted, initial={"shown": revision.pk})
        if form.is_bound:
            form.refuse_another(revision)
        if form.is_bound and form.is_valid() and not stops(findings):
            when = form.cleaned_data.get("at")
            why = form.cleaned_data["why"]
            try:
                with transaction.atomic():  # with its entry in the audit trail, or not at all
                    made = publish(page, request.user, why, at=when, revision=revision)
                    self._record(request, made, action)
            except ValidationError as error:
                form.add_error("at" if when else None, error)
            else:
                return self._done(request, page, made)
        context = {
            "form": form,
            "findings": findings,
            "is_stopped": stops(findings),
            "is_first": before is None,
            "shown": revision,
            "to_come": what_comes(page),
            "differences": differences(before, revision.content) if before else [],
            "button": title,
        }
        return self._screen(request, page, "publish", title, context)

    def unpublish_screen(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self._kept_page(request, pk)
        form = MomentForm(request.POST if request.method == "POST" else None)
        form.fields["at"].required = False
        form.fields["at"].help_text = _(
            "Empty: now. Otherwise day and time as the clock shows them in Britain (Europe/London)."
        )
        if form.is_bound and form.is_valid():
            when = form.cleaned_data.get("at")
            try:
                with transaction.atomic():
                    made = unpublish(page, request.user, form.cleaned_data["why"], at=when)
                    self._record(request, made, "campaign.taken_off")
            except ValidationError as error:
                form.add_error("at" if when else None, error)
            else:
                return self._done(request, page, made)
        context = {"form": form, "button": _("Take it off"), "to_come": what_comes(page)}
        return self._screen(request, page, "unpublish", _("Take it off"), context)

    # --- what is done without a screen ---

    def cancel(self, request: HttpRequest, pk: int, publication: int) -> HttpResponse:
        page = self._page(request, pk, "publish_page")
        planned = get_object_or_404(Publication, pk=publication, page=page)
        try:
            cancel(planned)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            audit.record("campaign.cancelled", by=request.user, about=f"page {page.pk}")
            messages.success(request, _("It was cancelled."))
        return self._to_form(page)

    def bring_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self._page(request, pk, "delete_page")
        try:
            bring_back(page)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            audit.record("campaign.brought_back", by=request.user, about=f"page {page.pk}")
            messages.success(request, _("It is back, as a draft. Readers get it once published."))
        return self._to_form(page)

    def editing(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self._page(request, pk, "change_page")
        return JsonResponse({"others": others_editing(page, request.user)})

    # --- parts ---

    def _page(self, request: HttpRequest, pk: int, permission: str) -> Page:
        if not request.user.has_perm(f"campaign.{permission}"):
            raise PermissionDenied
        return get_object_or_404(Page, pk=pk)

    def _kept_page(self, request: HttpRequest, pk: int, permission: str = "publish_page") -> Page:
        """One that is deleted is brought back first."""
        page = self._page(request, pk, permission)
        if page.deleted_at:
            raise Http404
        return page

    def _screen(
        self, request: HttpRequest, page: Page, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": Page._meta,
            "page": page,
            "title": title,
            "subtitle": page.title,
            "may_publish": self.may_publish(request),
            **context,
        }
        is_refused = "form" in context and context["form"].errors
        status = 422 if is_refused else 200
        return render(request, f"admin/campaign/page/{name}.html", context, status=status)

    def _record(self, request: HttpRequest, made: Publication, action: str) -> None:
        about = f"page {made.page_id}"
        if made.revision:
            about = f"{about} revision {made.revision.number}"
        audit.record(action, by=request.user, about=about, detail={"at": made.at.isoformat()})

    def _done(self, request: HttpRequest, page: Page, made: Publication) -> HttpResponse:
        if made.at > timezone.now():
            messages.success(request, _("It is planned for %(when)s.") % {"when": moment(made.at)})
        elif made.revision:
            messages.success(request, _("Readers get it now."))
        else:
            messages.success(request, _("It is taken off."))
        return self._to_form(page)

    def _to_form(self, page: Page) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:campaign_page_change", args=[page.pk]))

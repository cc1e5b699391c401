"""What the tests of the admin do with its forms."""

from django.urls import reverse


def change_url(row) -> str:
    return reverse(f"admin:campaign_{row._meta.model_name}_change", args=[row.pk])


def form_data(response) -> dict[str, object]:
    """What the browser would post back from this form, its inlines included."""
    admin_form = response.context["adminform"].form
    formsets = [formset.formset for formset in response.context["inline_admin_formsets"]]
    forms = [admin_form, *(f.management_form for f in formsets), *(f for s in formsets for f in s)]
    data: dict[str, object] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                value = [getattr(item, "pk", item) for item in value]
            if value is not None and value is not False:
                data[field.html_name] = value
    return data

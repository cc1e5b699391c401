"""What every list and form of the staff has in common."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest


class StaffList(ChangeList):
    """Some nonsense in an address comes out late: the year 99999, a number that no column holds.
    It is told in words, as Django does with the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(*args, **kwargs)
        except (DataError, OverflowError, ValidationError, ValueError) as error:
            raise IncorrectLookupParameters from error


class StaffModelAdmin(admin.ModelAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StaffList

"""Two states of a page or of a shared row, compared in words."""

from campaign.publishing.comparison.contents import Difference, differences, row_differences

__all__ = ["Difference", "differences", "row_differences"]

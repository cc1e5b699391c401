"""What the templates of the report draw: steps, questions and choices, with shown words and errors.

No question's words stand here: they are those of ``reporting.questions``.
"""

from reporting.forms.confirmation import Confirmation
from reporting.forms.report_form import ReportForm, Step

__all__ = ["Confirmation", "ReportForm", "Step"]

"""Checks of the sense of a sentence, in the order of their weight: yes or no, how far, who to whom, how surely."""

from briefing.editorial.guard.checks.certainty import check_certainty
from briefing.editorial.guard.checks.contrasts import check_contrasts
from briefing.editorial.guard.checks.denials import check_denials
from briefing.editorial.guard.checks.polarity import check_polarity
from briefing.editorial.guard.checks.roles import check_roles
from briefing.editorial.guard.checks.scope import check_scope

SENSE_CHECKS = (check_polarity, check_denials, check_contrasts, check_scope, check_roles, check_certainty)

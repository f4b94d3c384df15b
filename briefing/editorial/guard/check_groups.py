"""Checks of a sentence by what they look at, each group in the order of its weight."""

from briefing.editorial.guard.checks.bindings import check_bindings
from briefing.editorial.guard.checks.certainty import check_certainty
from briefing.editorial.guard.checks.contrasts import check_contrasts
from briefing.editorial.guard.checks.denials import check_denials
from briefing.editorial.guard.checks.figure_checks import check_figures
from briefing.editorial.guard.checks.parties import check_parties
from briefing.editorial.guard.checks.people_checks import check_people
from briefing.editorial.guard.checks.polarity import check_polarity
from briefing.editorial.guard.checks.portions import check_portions
from briefing.editorial.guard.checks.roles import check_roles
from briefing.editorial.guard.checks.scope import check_scope
from briefing.editorial.guard.checks.times import check_times

FACT_CHECKS = (check_figures, check_portions, check_times, check_people, check_parties, check_bindings)
"""Checks of facts: figures, times, people, bodies."""

SENSE_CHECKS = (check_polarity, check_denials, check_contrasts, check_scope, check_roles, check_certainty)
"""Checks of sense: yes or no, how far, who to whom, how surely."""

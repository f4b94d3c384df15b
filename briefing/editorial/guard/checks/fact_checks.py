"""Checks of the facts of a sentence, in the order of their weight: figures, times, people, bodies."""

from briefing.editorial.guard.checks.bindings import check_bindings
from briefing.editorial.guard.checks.figure_checks import check_figures
from briefing.editorial.guard.checks.parties import check_parties
from briefing.editorial.guard.checks.people_checks import check_people
from briefing.editorial.guard.checks.portions import check_portions
from briefing.editorial.guard.checks.times import check_times

FACT_CHECKS = (check_figures, check_portions, check_times, check_people, check_parties, check_bindings)

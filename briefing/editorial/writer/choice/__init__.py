"""Which sentences of an article are told: the lead by its title, then what adds most."""

"""All routers of the JSON API."""

from briefing.desk.api import (
    article_routes,
    openapi_route,
    proposal_routes,
    script_routes,
    sentence_routes,
    show_routes,
    stage_routes,
)

ROUTERS = tuple(
    part.router
    for part in (
        openapi_route,
        show_routes,
        article_routes,
        sentence_routes,
        script_routes,
        proposal_routes,
        stage_routes,
    )
)

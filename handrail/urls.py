"""Which address belongs to which room."""

from django.urls import URLPattern, URLResolver, include, path

from handrail.api import api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api_urls),
    path("", include("handrail.people.urls")),
    path("", include("handrail.strategy.urls")),
    path("vetting/", include("handrail.vetting.urls")),
    path("policies/", include("handrail.policy.urls")),
    path("listening/", include("handrail.listening.urls")),
    path("", include("handrail.web.urls")),
]

handler400 = "handrail.web.views.errors.bad_request"
handler403 = "handrail.web.views.errors.refused"
handler404 = "handrail.web.views.errors.not_found"
handler500 = "handrail.web.views.errors.broken"

"""Addresses of the room of people."""

from django.urls import path

from handrail.people.views import account, audiences, imports, people, roles, sign_in, tokens

app_name = "people"
urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("welcome", sign_in.first_owner, name="first_owner"),
    path("password/new", account.new_password, name="new_password"),
    path("password/set/<str:key>/<str:token>", account.set_password, name="set_password"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/sign-ins", account.sign_ins, name="sign_ins"),
    path("account/sign-ins/<int:key>/end", account.end_sign_in, name="end_sign_in"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/<int:key>/revoke", tokens.revoke, name="revoke_token"),
    path("people", people.people, name="people"),
    path("people.csv", people.people_csv, name="people_csv"),
    path("people/<int:key>", people.person, name="person"),
    path("people/<int:key>/invite", people.invite, name="invite"),
    path("people/places", people.places, name="places"),
    path("people/places.csv", people.places_csv, name="places_csv"),
    path("people/roles", roles.roles, name="roles"),
    path("people/roles/give", roles.give_role, name="give_role"),
    path("people/roles.csv", roles.roles_csv, name="roles_csv"),
    path("people/roles/<int:key>/end", roles.end_role, name="end_role"),
    path("people/audiences", audiences.audiences, name="audiences"),
    path("people/audiences/new", audiences.edit, name="new_audience"),
    path("people/audiences/count", audiences.count, name="audience_count"),
    path("people/audiences/<int:key>", audiences.audience, name="audience"),
    path("people/audiences/<int:key>/edit", audiences.edit, name="edit_audience"),
    path("people/audiences/<int:key>/drop", audiences.drop, name="drop_audience"),
    path("people/audiences/<int:key>.csv", audiences.audience_csv, name="audience_csv"),
    path("people/import", imports.choose, name="import"),
    path("people/import/sample.csv", imports.sample_csv, name="import_sample"),
    path("people/import/<int:key>", imports.check, name="import_check"),
    path("people/import/<int:key>/progress", imports.progress, name="import_progress"),
    path("people/import/<int:key>/columns", imports.match, name="import_match"),
    path("people/import/<int:key>/mend", imports.mend, name="import_mend"),
    path("people/import/<int:key>/circle", imports.circle, name="import_circle"),
    path("people/import/<int:key>/put-in", imports.put_in, name="import_put_in"),
    path("people/import/<int:key>/put-back", imports.put_back, name="import_put_back"),
    path("people/import/<int:key>/start-again", imports.start_again, name="import_start_again"),
    path("people/import/<int:key>/rows-to-mend.csv", imports.held_csv, name="import_held_csv"),
]

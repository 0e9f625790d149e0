"""Addresses of the room of vetting."""

from django.urls import path

from handrail.vetting.views import (
    code,
    guests,
    hooks,
    outsiders,
    reading,
    record,
    remarks,
    rounds,
    saying,
    signing,
    tables,
)

app_name = "vetting"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("code", code.enter_code, name="code"),
    path("channels", hooks.hooks, name="hooks"),
    path("channels/<int:number>/remove", hooks.drop, name="hook_drop"),
    path("channels/<int:number>/try", hooks.try_it, name="hook_try"),
    path("from/<str:token>/", guests.guest, name="guest"),
    path("from/<str:token>/say", guests.guest_say, name="guest_say"),
    path("<int:pk>/", rounds.round_desk, name="round"),
    path("<int:pk>/close", rounds.clear_round, name="clear"),
    path("<int:pk>/closing", rounds.closing, name="closing"),
    path("<int:pk>/withdraw", rounds.withdraw, name="withdraw"),
    path("<int:pk>/nudge", rounds.nudge_interest, name="nudge"),
    path("<int:pk>/read", reading.read, name="read"),
    path("<int:pk>/noted", reading.noted, name="noted"),
    path("<int:pk>/say", saying.say, name="say"),
    path("<int:pk>/remarks/<str:uid>", remarks.thread, name="remark"),
    path("<int:pk>/remarks/<str:uid>/side", remarks.take_side, name="side"),
    path("<int:pk>/remarks/<str:uid>/take-back", remarks.take_back, name="take_back"),
    path("<int:pk>/remarks/<str:uid>/answer", remarks.answer, name="answer"),
    path("<int:pk>/remarks/<str:uid>/open-again", remarks.open_again, name="open_again"),
    path("<int:pk>/sign/<slug:interest>", signing.sign_page, name="sign"),
    path("<int:pk>/sign-offs/<int:number>/take-back", signing.unsign, name="unsign"),
    path("<int:pk>/sign-offs/<int:number>/met", signing.condition_met, name="met"),
    path("<int:pk>/outsiders", outsiders.outsiders, name="outsiders"),
    path("<int:pk>/outsiders/<int:number>/revoke", outsiders.revoke, name="revoke"),
    path("<int:pk>/record", record.record, name="record"),
    path("<int:pk>/record.<slug:ending>", record.record_file, name="record_file"),
    path("<int:pk>/remarks.csv", tables.remarks_csv, name="remarks_csv"),
    path("<int:pk>/matrix.csv", tables.matrix_csv, name="matrix_csv"),
    path("<int:pk>/sign-offs.csv", tables.sign_offs_csv, name="sign_offs_csv"),
    path("<int:pk>/groups.csv", tables.groups_csv, name="groups_csv"),
    path("<int:pk>/from-elsewhere.csv", tables.outsiders_csv, name="outsiders_csv"),
]

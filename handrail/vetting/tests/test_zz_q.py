import pytest, collections
from django.db import connection
from django.test.utils import CaptureQueriesContext
from handrail.people.testing import cast, make_person, signed_in
from handrail.vetting import actions
from handrail.vetting.testing import opened
@pytest.mark.django_db
def test_q():
    people=cast(); round=opened(people)
    client=signed_in(people.eva)
    for n in range(12):
        actions.remark(round, by=make_person(n), clause_key="guests", body="x")
        if n in (2,11):
            for path in ('','read'):
                client.get(f"/vetting/{round.pk}/{path}")
                with CaptureQueriesContext(connection) as q: client.get(f"/vetting/{round.pk}/{path}")
                print(path, n, len(q))
    with CaptureQueriesContext(connection) as q: client.get(f"/vetting/{round.pk}/read")
    for x in q: print(x['sql'][:150].replace('"',''))

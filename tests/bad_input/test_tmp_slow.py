import time
import pytest
from django.test import Client
from tests.bad_input.rooms import *
from tests.bad_input.test_new_rooms import field_names, NONSENSE
from handrail.people.testing import cast
from tests.bad_input.given import rows_of_everything
@pytest.mark.django_db
def test_it():
    house = furnished(cast())
    names = field_names()
    client = Client(raise_request_exception=False)
    client.force_login(house.people.ana)
    out = open("/tmp/bad/slow.txt", "w")
    out.write(f"{len(names)} names {len(addresses())}\n")
    for address in addresses():
        for verb in verbs_of(address):
            page = filled(address, house.keys, verb)
            t = time.time()
            r = client.post(page, dict.fromkeys(names, NONSENSE["a NUL byte"]))
            t1 = time.time()
            rows_of_everything()
            out.write(f"{t1-t:.2f} {time.time()-t1:.2f} {r.status_code} {page}\n")
            out.flush()

"""A wording that somebody put forward in a round goes into the text, and the remark is settled by it."""

from django.db import transaction

from handrail.kernel.errors import NotNow
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.policy.actions.ledger import Diverged, Edited, Reason, edit_clause
from handrail.policy.ledger import sha_of
from handrail.policy.models import Version
from handrail.policy.reads.ledger import standing_clause
from handrail.vetting.actions import dispose
from handrail.vetting.models import Remark
from handrail.vetting.reads import round_for

_ELSEWHERE = "That remark isn’t on this text any more. Load the page again."
_NOT_ON_A_CLAUSE = "That wording stands on no clause of the present text. Answer the remark instead, and edit by hand."


@transaction.atomic
def use_wording(version: Version, uid: str, *, by: Person, seen: str) -> Edited:
    """Put a suggested wording in its clause's place and settle the remark as adopted, both or neither.

    `seen` is the fingerprint (`ledger.sha_of`) of the clause's words that the author saw beside the suggestion;
    Diverged where they changed since. Raises Refused or NotNow as the two verbs do.
    """
    round = round_for(Ref("version", version.pk))
    remark = Remark.objects.filter(round=round, uid=uid).first() if round else None
    if remark is None or not remark.suggested:
        raise NotNow(_ELSEWHERE)
    if not remark.clause_key:
        raise NotNow(_NOT_ON_A_CLAUSE)
    words = "Put forward in vetting and taken over as it was said."
    because = Reason(kind="remark", ref=f"remark:{uid}", words=words)
    standing = standing_clause(version, remark.clause_key)
    if sha_of(standing.text) != seen:
        raise Diverged(remark.clause_key, remark.suggested, standing.wording)
    done = edit_clause(version, remark.clause_key, remark.suggested, by=by, base_sha=standing.sha, because=because)
    remark.refresh_from_db()
    dispose(remark, "adopted", "We took your wording over.", by=by, changed_clause=remark.clause_key)
    return done

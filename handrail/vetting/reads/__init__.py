"""What pages and higher rooms ask about rounds of review."""

from handrail.vetting.reads.changes import Change, changes_made, cut_to_change
from handrail.vetting.reads.groups import GroupShare, opened_in_all, silent_groups
from handrail.vetting.reads.hindrances import Hindrance, hindrances, open_remarks_in
from handrail.vetting.reads.matrix import Cell, Column, Matrix, Row, matrix
from handrail.vetting.reads.pace import BurnDown, Day, burn_down
from handrail.vetting.reads.parts import by_part, part_of
from handrail.vetting.reads.record import Known, record_of
from handrail.vetting.reads.rounds import (
    ByReceipt,
    by_receipt,
    clauses_in,
    days_left,
    is_cleared,
    open_remarks,
    open_rounds,
    outsider_for,
    round_for,
    rounds_asking,
)
from handrail.vetting.reads.sign_offs import Standing, counting, hands_words, live_sign_offs, standings
from handrail.vetting.reads.stand_ins import away_for, standing_in
from handrail.vetting.reads.threads import Reply, Thread, remarks_of, thread_of, who_said
from handrail.vetting.reads.waiting import WaitingHere, round_href, waiting_for
from handrail.vetting.text import TextClause, clause_sha, text_sha, words_sha

__all__ = [
    "BurnDown",
    "ByReceipt",
    "Cell",
    "Change",
    "Column",
    "Day",
    "GroupShare",
    "Hindrance",
    "Known",
    "Matrix",
    "Reply",
    "Row",
    "Standing",
    "TextClause",
    "Thread",
    "WaitingHere",
    "away_for",
    "burn_down",
    "by_part",
    "by_receipt",
    "changes_made",
    "clause_sha",
    "clauses_in",
    "counting",
    "cut_to_change",
    "days_left",
    "hands_words",
    "hindrances",
    "is_cleared",
    "live_sign_offs",
    "matrix",
    "open_remarks",
    "open_remarks_in",
    "open_rounds",
    "opened_in_all",
    "outsider_for",
    "part_of",
    "record_of",
    "remarks_of",
    "round_for",
    "round_href",
    "rounds_asking",
    "silent_groups",
    "standing_in",
    "standings",
    "text_sha",
    "thread_of",
    "waiting_for",
    "who_said",
    "words_sha",
]

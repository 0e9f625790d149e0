"""The verbs of vetting, by topic: the only files that write its rows."""

from handrail.vetting.actions.assign import assign, may_assign, may_nudge_answer, nudge_answer
from handrail.vetting.actions.close import (
    choose_naming,
    clear,
    may_choose_naming,
    may_clear,
    may_move_closing,
    may_withdraw_round,
    move_closing,
    withdraw_round,
)
from handrail.vetting.actions.dispose import (
    dispose,
    may_answer,
    may_dispose,
    may_reopen,
    note_answer_mailed,
    note_answer_seen,
    reopen,
)
from handrail.vetting.actions.ground import may_run
from handrail.vetting.actions.hooks import add_hook, may_set_hooks, note_hook_post, remove_hook, try_hook
from handrail.vetting.actions.letterbox import empty_letterbox, reply_by_receipt, withdraw_by_receipt
from handrail.vetting.actions.letters import note_asked
from handrail.vetting.actions.nudge import ask_stewards, may_nudge, nudge
from handrail.vetting.actions.open import invite_reviewers, may_open_round, open_round
from handrail.vetting.actions.outsiders import invite_outsider, may_invite_outsider, revoke_outsider
from handrail.vetting.actions.reading import may_read, read_clauses
from handrail.vetting.actions.redraft import may_redraft, redraft
from handrail.vetting.actions.remarks import (
    may_remark,
    may_stand,
    may_withdraw_remark,
    remark,
    stand,
    withdraw_remark,
)
from handrail.vetting.actions.sign import confirm_condition, may_sign, may_withdraw_sign_off, sign, withdraw_sign_off

__all__ = [
    "add_hook",
    "ask_stewards",
    "assign",
    "choose_naming",
    "clear",
    "confirm_condition",
    "dispose",
    "empty_letterbox",
    "invite_outsider",
    "invite_reviewers",
    "may_answer",
    "may_assign",
    "may_choose_naming",
    "may_clear",
    "may_dispose",
    "may_invite_outsider",
    "may_move_closing",
    "may_nudge",
    "may_nudge_answer",
    "may_open_round",
    "may_read",
    "may_redraft",
    "may_remark",
    "may_reopen",
    "may_run",
    "may_set_hooks",
    "may_sign",
    "may_stand",
    "may_withdraw_remark",
    "may_withdraw_round",
    "may_withdraw_sign_off",
    "move_closing",
    "note_answer_mailed",
    "note_answer_seen",
    "note_asked",
    "note_hook_post",
    "nudge",
    "nudge_answer",
    "open_round",
    "read_clauses",
    "redraft",
    "remark",
    "remove_hook",
    "reopen",
    "reply_by_receipt",
    "revoke_outsider",
    "sign",
    "stand",
    "try_hook",
    "withdraw_by_receipt",
    "withdraw_remark",
    "withdraw_round",
    "withdraw_sign_off",
]

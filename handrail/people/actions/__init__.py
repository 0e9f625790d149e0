"""What can be done about people: bring them in, give roles, say audiences, sign in, look after an account."""

from handrail.people.actions.accounts import (
    Invited,
    MakeLink,
    ask_for_new_password,
    change_account,
    change_password,
    create_first_owner,
    invite,
    may_invite,
    person_of_link,
    set_password_by_link,
)
from handrail.people.actions.audiences import drop_audience, may_set_audiences, set_audience
from handrail.people.actions.imports import (
    check_people_import,
    choose_people_file,
    drop_file,
    import_people,
    match_columns,
    may_import_people,
    mend_row,
    put_in,
    settle_circle,
)
from handrail.people.actions.put_back import put_back, why_not_put_back
from handrail.people.actions.roles import end_role, grant_role, may_grant_roles, why_role_stays
from handrail.people.actions.sign_in import end_sign_in, note_sign_in, sign_in, sign_out, sign_out_elsewhere
from handrail.people.actions.start import start_import

__all__ = [
    "Invited",
    "MakeLink",
    "ask_for_new_password",
    "change_account",
    "change_password",
    "check_people_import",
    "choose_people_file",
    "create_first_owner",
    "drop_audience",
    "drop_file",
    "end_role",
    "end_sign_in",
    "grant_role",
    "import_people",
    "invite",
    "match_columns",
    "may_grant_roles",
    "may_import_people",
    "may_invite",
    "may_set_audiences",
    "mend_row",
    "note_sign_in",
    "person_of_link",
    "put_back",
    "put_in",
    "set_audience",
    "set_password_by_link",
    "settle_circle",
    "sign_in",
    "sign_out",
    "sign_out_elsewhere",
    "start_import",
    "why_not_put_back",
    "why_role_stays",
]

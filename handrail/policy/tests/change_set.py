"""Clause edits written and labelled by hand, before any rule was tuned on them: what does each change ask of people?

How they were labelled. *editorial*: spelling, punctuation, grammar, contractions, another name for the same thing; no
reader could act differently. *clarified*: other or more words for the same demand: a reason, an example, a definition,
a paraphrase, an address. *tightened*: more is asked, or more people, cases or time are covered, or less is allowed.
*loosened*: less is asked or more is allowed. Where an edit does both, the label says what weighs more to the person
bound by it. Edits at even places were looked at while tuning; those at odd places were held out and only counted.
"""

from typing import NamedTuple


class Labelled(NamedTuple):
    """One edit: the heading it stands under ("" where that says nothing), both wordings, the label."""

    under: str
    old: str
    new: str
    label: str


E, C, T, L = "editorial", "clarified", "tightened", "loosened"
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    # duty words and strength
    ("", "Staff should state that opinions are their own.", "Staff must state that opinions are their own.", T),
    ("", "Employees must register every account they run for us.", "Employees should register every account they run for us.", L),
    ("", "You may tag colleagues in team photos.", "You may tag colleagues in team photos only with their agreement.", T),
    ("", "Volunteers are required to complete the training first.", "Volunteers are encouraged to complete the training first.", L),
    ("", "Managers are encouraged to follow their teams’ public posts.", "Managers must not follow their teams’ public posts.", T),
    ("", "You must not connect with patients on any network.", "You should not connect with patients on any network.", L),
    ("", "Ask the press office before you answer journalists.", "You may ask the press office before you answer journalists.", L),
    ("", "Where you can, add alternative text to pictures.", "Add alternative text to pictures.", T),
    ("", "Nurses shall never post from the ward.", "Nurses shall avoid posting from the ward.", L),
    ("", "It is recommended that accounts have two administrators.", "Accounts are required to have two administrators.", T),
    ("", "We ask you not to post exam questions.", "You are forbidden to post exam questions.", T),
    ("", "Contractors need to disclose that they work for us.", "Contractors need not disclose that they work for us.", L),
    ("", "You can speak about your pay and hours.", "You can’t speak about your pay and hours.", T),
    ("", "Never share a password with anyone.", "Try not to share a password with anyone.", L),
    ("", "It would be good to reply in the language of the question.", "Always reply in the language of the question.", T),
    ("", "Passwords must be changed when a member leaves the team.", "Passwords may be changed when a member leaves the team.", L),
    ("", "Interns are not allowed to speak for the bank.", "Interns are allowed to speak for the bank.", L),
    ("", "You are free to like posts by political parties.", "You must refrain from liking posts by political parties.", T),
    ("", "Please log every complaint in the register.", "Every complaint has to be logged in the register.", T),
    ("", "Editors have to check the source of a quotation.", "Editors ought to check the source of a quotation.", L),
    # numbers and dates
    ("", "Answer complaints within 24 hours.", "Answer complaints within 8 hours.", T),
    ("", "Answer complaints within two hours.", "Answer complaints within one working day.", L),
    ("", "Keep screenshots of threats for 6 months.", "Keep screenshots of threats for at least 12 months.", T),
    ("", "Passwords have at least 12 characters.", "Passwords have at least 16 characters.", T),
    ("", "Accounts unused for 90 days are closed.", "Accounts unused for 180 days are closed.", L),
    ("", "Post no more than five times a day.", "Post no more than ten times a day.", L),
    ("", "Two people approve each campaign.", "Three people approve each campaign.", T),
    ("", "Report a lost phone within 3 days.", "Report a lost phone by the end of the same day.", T),
    ("", "Gifts worth over 50 euros must be declared.", "Gifts worth over 20 euros must be declared.", T),
    ("", "Gifts up to 30 pounds need no approval.", "Gifts up to 60 pounds need no approval.", L),
    ("", "Managers review the list once a year.", "Managers review the list every quarter.", T),
    ("", "Training must be repeated every two years.", "Training must be repeated every three years.", L),
    ("", "Personal use of up to 15 minutes a day is fine.", "Personal use of up to 30 minutes a day is fine.", L),
    ("", "Wait at least 48 hours before naming a victim.", "Wait at least 24 hours before naming a victim.", L),
    ("", "From 1 June 2025 all influencers sign this form.", "From 1 March 2025 all influencers sign this form.", T),
    ("", "Accounts must be registered by 30 April.", "Accounts must be registered by 30 June.", L),
    ("", "The maximum for a paid post is 500 euros.", "The maximum for a paid post is 300 euros.", T),
    ("", "Delete recordings after 30 days.", "Delete recordings after 14 days.", T),
    ("", "The quiet period begins 14 days before results.", "The quiet period begins 30 days before results.", T),
    ("", "At least one administrator must be on call.", "At least two administrators must be on call.", T),
    # scope
    ("", "Do not post pictures of children.", "Do not post pictures of children or their parents.", T),
    ("", "Do not discuss clients, suppliers or tenders.", "Do not discuss clients.", L),
    ("", "This policy covers employees.", "This policy covers employees, agency staff and volunteers.", T),
    ("", "This policy covers all staff, interns and board members.", "This policy covers all staff.", L),
    ("", "Never post a guest’s name.", "Never post a guest’s name, room number or car.", T),
    ("", "Sales staff must label paid posts.", "Everyone must label paid posts.", T),
    ("", "All posts need a second reader.", "Posts about products need a second reader.", L),
    ("", "Ask for consent before you post pictures of pupils.", "Ask for consent before you post or store pictures of pupils.", T),
    ("", "You may use the logo on your profile.", "You may use the logo on your profile and in presentations.", L),
    ("", "You may post from conferences and trade fairs.", "You may post from conferences.", T),
    ("", "Do not livestream inside the clinic.", "Do not livestream inside the clinic or its car park.", T),
    ("", "Report hacked accounts to the service desk at any time.", "Report hacked accounts to the service desk during office hours.", L),
    ("", "The rule applies to public posts.", "The rule applies to public posts and private groups.", T),
    ("", "These rules also apply to posts made outside working hours.", "These rules apply to posts made during working hours.", L),
    ("", "Do not use the company name in personal usernames.", "Do not use the company name or logo in personal usernames.", T),
    ("", "Managers in every country must keep a list of accounts.", "Managers in Europe must keep a list of accounts.", L),
    ("", "Disclose paid partnerships.", "Disclose any paid or unpaid partnerships.", T),
    ("", "Keep client matters, case numbers and court dates confidential.", "Keep client matters confidential.", L),
    ("", "You must not comment on ongoing litigation.", "You must not comment on ongoing or past litigation.", T),
    ("", "Teachers must not message pupils.", "Teachers must not message pupils under 16.", L),
    # exceptions and conditions
    ("", "Do not film in the lobby.", "Do not film in the lobby, except at our own events.", L),
    ("", "Do not accept friend requests from clients unless your manager agrees.", "Do not accept friend requests from clients.", T),
    ("", "You must add the disclaimer to each post.", "You must add the disclaimer to each post, unless it is about the weather.", L),
    ("", "Share internal news only after it was published.", "Share internal news.", L),
    ("", "You may talk about your work.", "You may talk about your work, provided that you name no client.", T),
    ("", "You may post pictures of the stage if the organiser agrees.", "You may post pictures of the stage.", L),
    ("", "Post from events without naming speakers.", "Post from events.", L),
    ("", "Report every error to the editor.", "Report serious errors to the editor.", L),
    ("", "If you are on duty, don’t post.", "Don’t post.", T),
    ("", "Delete comments that insult staff.", "Delete comments that insult staff, but only after a colleague has looked.", T),
    ("", "Accounts may be opened by any department.", "Accounts may be opened by any department that has a plan.", T),
    ("", "Answer reviews yourself.", "Answer reviews yourself once your manager has read the draft.", T),
    ("", "Quotations need the approval of the speaker.", "Quotations need no approval.", L),
    ("", "Publish job adverts freely.", "Publish job adverts after approval by HR.", T),
    ("", "Remove posts that break the law immediately.", "Remove posts that break the law when you have time.", L),
    ("", "Speak about the merger with legal’s permission.", "Do not speak about the merger.", T),
    ("", "Do not post about the strike.", "Do not post about the strike on company accounts.", L),
    ("", "Do not post about competitors without evidence.", "Do not post about competitors.", T),
    ("", "As a rule, ask people before you take their picture.", "Ask people before you take their picture.", T),
    ("", "Members must keep board matters secret.", "Members must keep board matters secret until minutes are published.", L),
    # negation and turned sense
    ("Don't", "Share rota screenshots.", "Share rota screenshots or handover notes.", T),
    ("Don't", "Argue with guests in public or in private.", "Argue with guests in public.", L),
    ("Do", "Credit the photographer.", "Credit the photographer and link to their page.", T),
    ("Do", "Check names, dates and figures.", "Check names.", L),
    ("", "You are not obliged to add your employer to your profile.", "You are obliged to add your employer to your profile.", T),
    ("", "The company will monitor private accounts.", "The company will not monitor private accounts.", L),
    ("", "Nobody needs to ask before sharing a published post.", "Everybody needs to ask before sharing a published post.", T),
    ("", "Silence is acceptable when you are attacked.", "Silence is not acceptable when you are attacked.", T),
    ("", "Reposting rumours is unacceptable.", "Reposting rumours is acceptable.", L),
    ("", "Do reply to trolls once.", "Do not reply to trolls.", T),
    # steps added or dropped
    ("", "Tell your manager about threats.", "Tell your manager and security about threats, and keep a copy.", T),
    ("", "Save the post, call the desk and write a report.", "Save the post and call the desk.", L),
    ("", "Say sorry. Pass the matter to care.", "Say sorry. Pass the matter to care. Write it in the log.", T),
    ("", "Breaches may lead to a warning.", "Breaches may lead to dismissal.", T),
    ("", "Anyone who leaks results will be dismissed.", "Anyone who leaks results will be spoken to.", L),
    ("", "Log in with the shared tool and a second factor.", "Log in with the shared tool.", L),
    ("", "Report misuse. You must also delete the post yourself.", "Report misuse.", L),
    ("", "Use the picture library.", "Use the picture library. Never use pictures from a search engine.", T),
    ("", "Hand over the account when you leave.", "Hand over the account and its passwords when you leave.", T),
    ("", "Check facts, ask a second reader, then publish.", "Check facts, then publish.", L),
    # clarified: reasons, examples, definitions, paraphrases
    ("", "Do not post pictures of screens.", "Do not post pictures of screens, because they often show names.", C),
    ("", "Do not share confidential facts.", "Do not share confidential facts, for example unpublished figures.", C),
    ("", "“Account” means a profile on a network.", "“Account” means a profile, page or channel on a network.", C),
    ("", "Ask the press office.", "Ask the press office (press@example.org).", C),
    ("", "Think before you post.", "Pause for a moment before you post: what is online stays there.", C),
    ("", "Be kind to guests.", "Treat guests with kindness, as you would at the desk.", C),
    ("", "Speak in the first person.", "Speak as “I”, in the first person.", C),
    ("", "We trust your judgement.", "We hired you for your judgement and we trust it online too.", C),
    ("", "Contact the desk with questions.", "Questions? The desk is glad to help, by phone or chat.", C),
    ("", "You must disclose that you work here.", "You must disclose that you work here. A line such as “I work at Elm Bank” is enough.", C),
    ("", "Copyright must be respected.", "Respect copyright: a picture found online belongs to somebody.", C),
    ("", "Social media is part of how we talk with citizens.", "Social media is one of the ways in which the council talks with citizens.", C),
    ("", "Hate speech must be removed.", "Hate speech (attacks on people for who they are) must be removed.", C),
    ("", "Posts reach people you never meant.", "A post can reach people you never meant, years later.", C),
    ("", "Never reveal patient details.", "Never reveal patient details. Even a date and a ward can identify somebody.", C),
    ("", "Ask first.", "Ask first; a nod is enough.", C),
    ("", "Escalate serious matters to the duty officer.", "Pass serious matters on to the duty officer, whose number is on the intranet.", C),
    ("", "The handbook explains how to report.", "Chapter 4 of the handbook explains how to report, step by step.", C),
    ("", "Your private life is yours.", "Your private life is yours, and we mean that.", C),
    ("", "You must keep trade secrets.", "You must keep trade secrets (recipes, source code, price lists) to yourself.", C),
    ("", "Journalists go to the press office.", "Journalists who write to you are referred to the press office.", C),
    ("", "Respect privacy law.", "Respect privacy law, in the EU the GDPR.", C),
    ("", "Sponsored posts carry the word “ad”.", "Sponsored posts carry the word “ad”, as advertising law asks.", C),
    ("", "You may speak about working conditions.", "You may speak about working conditions, such as pay, rotas and safety.", C),
    ("", "Use plain words.", "Write so that a twelve-year-old understands it: use plain words.", C),
    ("", "The works council was heard.", "The works council was heard and agreed on 4 May.", C),
    ("", "Accounts belong to the university.", "Accounts opened for the university belong to it, not to the person who opened them.", C),
    ("", "Do not post anything you would not say at the counter.", "Would you say it at the counter? If not, do not post it.", C),
    ("", "Report impersonation to the security team.", "Report impersonation (an account that pretends to be us) to the security team.", C),
    ("", "Decide with your team who answers.", "Agree in your team who answers.", C),
    # editorial
    ("", "Staff must recieve training first.", "Staff must receive training first.", E),
    ("", "Do not post patient’s names.", "Do not post patients’ names.", E),
    ("", "Ask your line manager, before you post.", "Ask your line manager before you post.", E),
    ("", "The organization trusts its employees.", "The organisation trusts its employees.", E),
    ("", "E-mail the press office.", "Email the press office.", E),
    ("", "You must not post pictures of the ward", "You must not post pictures of the ward.", E),
    ("", "Do not share passwords.", "Don’t share passwords.", E),
    ("", "social media posts are public.", "Social media posts are public.", E),
    ("", "Employees, contractors, and interns follow this policy.", "Employees, contractors and interns follow this policy.", E),
    ("", "Answer with in 24 hours.", "Answer within 24 hours.", E),
    ("", "You cannot speak for the firm.", "You can’t speak for the firm.", E),
    ("", "All accounts have a owner.", "All accounts have an owner.", E),
    ("", "Answer within twenty-four hours.", "Answer within 24 hours.", E),
    ("", "It is important that post are checked.", "It is important that posts are checked.", E),
    ("", "Use the colour palette; see the guide.", "Use the colour palette (see the guide).", E),
    ("", "Tell us about it: we will help.", "Tell us about it. We will help.", E),
    ("", "We’ll answer you’re questions.", "We’ll answer your questions.", E),
    ("", "Post on Twitter only with the team’s account.", "Post on X only with the team’s account.", E),
    ("", "Two people hold each pass word.", "Two people hold each password.", E),
    ("", "The the desk is open every day.", "The desk is open every day.", E),
    ("", "Log-in details are secret.", "Login details are secret.", E),
    ("", "You should credit the photographer’s work", "You should credit the photographer's work", E),
    ("", "Managers must ensure training is done.", "Managers must ensure that training is done.", E),
    ("", "Staff should not use there own devices.", "Staff should not use their own devices.", E),
    ("", "You are responsible for what you post, on line and off.", "You are responsible for what you post, online and off.", E),
    ("", "Report it to HR.", "Report it to Human Resources (HR).", E),
    ("", "Personnel must not disclose confidential information .", "Personnel must not disclose confidential information.", E),
    ("", "Do not discuss on-going cases.", "Do not discuss ongoing cases.", E),
    ("", "We do not read private messages.", "We don’t read private messages.", E),
    ("", "When your unsure, ask.", "When you’re unsure, ask.", E),
    # mixed, hard
    ("", "Do not post without approval.", "Do not post until your manager has approved the text.", C),
    ("", "You must ask the owner, the editor and legal.", "You must ask the owner. They will involve legal where that helps.", L),
    ("", "Do not speak for the company unless you are asked to.", "Speak for the company only when you are asked to.", C),
    ("", "Use of personal phones at work is banned.", "Personal phones at work may be used in breaks.", L),
    ("", "Only the press office speaks to media.", "The press office and heads of department speak to media.", L),
    ("", "Heads of department and the press office speak to media.", "Only the press office speaks to media.", T),
    ("", "You must get written consent from guests.", "You must get consent from guests.", L),
    ("", "You must get consent from guests.", "You must get written consent from guests.", T),
    ("", "Inform your manager after you posted about a client.", "Inform your manager before you post about a client.", T),
    ("", "Posts are checked by a second person before they go out.", "Posts are checked by a second person, before or after they go out.", L),
)  # fmt: skip
EDITS: tuple[Labelled, ...] = tuple(Labelled(*row) for row in _ROWS)


def tuned() -> list[Labelled]:
    """The half that rules were tuned on."""
    return list(EDITS[::2])


def held_out() -> list[Labelled]:
    """The half that was only counted."""
    return list(EDITS[1::2])

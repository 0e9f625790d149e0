"""LAW-01 to LAW-10: bans that people have challenged, each found as a frame (must not) and what it is put on."""

import re
from collections.abc import Callable, Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.frames import Said, bans, said
from handrail.policy.lint.rulebook import detector

_US = (
    r"(?:company|employer|organi[sz]ation|business|firm|brand|colleagues?|co-?workers?|managers?|management|leaders?\w*"
    r"|supervisors?|team|staff|employees|volunteers?|members?|directors?|trustees?|trust|council|councillors?|agency"
    r"|hospital|clinic|bank|hotels?|university|school|charity|department|ministers?|government|board|us|our|we)"
)
_CRITICISM = re.compile(
    r"\b(?:disparag|denigrat|critici[sz]|bad-?mouth|belittl|bash|complain about|run down|speak ill|undermin)\w*"
    r"|\b(?:negative|critical|derogatory|unfavou?rable)(?:ly)? (?:\w+ )?(?:about"
    r"|comment|remark|post|review|opinion|view"
    r"|statement|feedback|thing)\w*",
)
_NAMED_HARM = re.compile(
    r"harass|threat|discriminat|bully|bullies|violen|racis|sexual|sexis|slur|hate|unfair treatment|intimidat|defam"
    r"|insults? based|because of (?:race|faith|sex|gender|age)|stalk|doxx"
)
_OTHERS = re.compile(r"\b(?:competitors?|rivals?|customers?|clients?|guests?|patients?|residents?|suppliers?)\b")
_EXAMPLE = re.compile(r"\b(?:for example|for instance|e\.g\.|such as|examples?)\b")
_NAME = re.compile(r"\b(?:reputation\w*|disrepute|embarrass\w*|bad light|poor light|goodwill|public image|good name)\b")
_SECRET = re.compile(
    r"\b(?:confidential|non-?public|internal|proprietary|sensitive|private)\b[^.;]{0,30}\b(?:information|matters?"
    r"|details|facts|business|data|documents?|communications?|affairs)\b"
    r"|\b(?:company|business|employee|staff|team member) (?:information|matters|affairs)\b|\bconfidential\b"
)
_LIST = re.compile(r"(?:such as|including|for example|e\.g\.|like|:)[^.;]{3,120},[^.;]{3,80}(?:,| and | or )")
_TALK = re.compile(
    r"\b(?:discuss\w*|talk\w*|post\w*|shar\w+|disclos\w+|publish\w*|comment\w*|reveal\w*|mention\w*|rais\w+|complain\w*"
    r"|speak\w*|tell\w*|write|writing|air\w*)\b"
)
_PAY = re.compile(
    r"\b(?:wages?|salar(?:y|ies)|pay rates?|pay(?: and|,| or|$|\.)"
    r"|their pay|your (?:own )?pay|own pay|pay is|bonus(?:es)?|compensation"
    r"|benefits package|working conditions|conditions of (?:work|employment)|terms of employment|employment terms"
    r"|hours of work|shifts?|rotas?|schedules|staffing levels|grievances?|work-related (?:situations?|issues?|matters"
    r"|complaints?|problems?|disputes?)|workplace (?:issues|matters|conditions|complaints|disputes)|unioni?[sz]?\w*)\b"
)
_INSIDE = re.compile(
    r"\b(?:kept?|remains?|stays?|raised?|use|through|via)\b[^.;]{0,30}\b(?:internal(?:ly)?(?: channels?)?"
    r"|in-house|inside"
    r" the (?:company|organi[sz]ation|council|trust))\b"
)
_TROUBLE = re.compile(r"\b(?:complain\w*|grievances?|disputes?|concerns?|problems?|disagreements?|issues)\b")
_ALSO = re.compile(r"\b(?:may also|can also|you may|you can|if you (?:like|prefer|wish)|are welcome to)\b")
_MANNERS = re.compile(
    r"\b(?:respectful\w*|courteous\w*|courtesy|polite\w*|civil(?:ity)?|offensive|inappropriate|insulting|rude\w*"
    r"|unprofessional\w*|objectionable|derogatory|inflammatory|in poor taste|distasteful|unkind|professional and)\b"
)
_SPEAK = re.compile(
    r"\b(?:talk|speak|respond|reply|comment|contact|discuss|answer|give|giving|post|communicat|make|engag|deal)\w*\b"
)
_GAGGED = re.compile(
    r"\b(?:media|press|journalists?|reporters?|legal (?:matters?|disputes?|issues?|proceedings|cases?)|litigation"
    r"|lawsuits?|investigations?|government (?:inquir|enquir|agenc|official)\w*|regulators?|incidents?|crisis|crises"
    r"|court cases?)\b"
)
_SOCIAL_MEDIA = re.compile(
    r"\b(?:invites?|leads? to|causes?|results? in|risks?) (?:\w+ )?(?:litigation|lawsuits?|investigations?)\b|"
    r"\b(?:social|digital|online|synthetic|new|made) media\b|\bmedia (?:training|team|desk|page)\b"
)
_FOR_US = re.compile(
    r"\b(?:on (?:our|the \w+[’']s|the company[’']s|its) behalf|on behalf"
    r"|for us|for the (?:\w+ )?(?:company|council|bank|"
    r"hospital|trust|agency|organi[sz]ation)|in (?:our|its) name|as (?:a |our )?spokes\w+|in an official|officially"
    r"|represent\w*|speak(?:ing)? for)\b"
)
_PRIVILEGED = re.compile(r"\bprivileged|legal advice|in-house advice|customers?[’']? (?:case|claim)")
_APPROVAL = re.compile(
    r"\b(?:approv\w+|permission|consent|authori[sz]ation|clearance|sign-?off|clear(?:ed)? (?:it |them )?with|check with"
    r"|ask (?!for|questions)(?:the |your |our )?[a-z]+|prior notice|inform (?:the|your) \w+ before)\b"
)
_OWN_ACCOUNT = re.compile(
    r"\b(?:personal|private|own)\b[^.;]{0,25}\b(?:accounts?|posts?"
    r"|blogs?|profiles?|pages?|sites?|channels?|social media)\b"
)
_NAMES_US = re.compile(
    r"\b(?:any|every|all|each|before) (?:\w+ ){0,2}?(?:posts?|posting"
    r"|mention\w*|content)\b[^.;]{0,30}\b(?:mention|nam|refer|about"
    r"|relat"
    r"|concern)\w*"
)
_VIEWS = re.compile(
    r"\b(?:politic\w*|religio\w*|controversial|contentious|partisan"
    r"|divisive|abortion|protests?|activis\w+|campaign for)\b"
)
_OFFICIAL = re.compile(
    r"\b(?:official|our|company|corporate|work|agency|council|hospital"
    r"|bank|brand)(?:[’']s)? (?:accounts?|pages?|channels?"
    r"|profiles?|devices?|time)\b|\bon duty\b|\bon (?:our )?behalf\b|\bin our name\b|\bfor us\b|\bat work\b"
)
_FRIEND = re.compile(r"\b(?:friend(?:ing|s|ed)?|befriend\w*|connect\w*|follow(?:ing)?|link(?:ing)? with|add(?:ing)?)\b")
_PEERS = re.compile(r"\b(?:colleagues?|co-?workers?|fellow (?:staff|employees)|other (?:staff|employees|volunteers))\b")
_CARE = re.compile(r"\b(?:think (?:twice|carefully)|be (?:careful|cautious)|caution|use judg)")
_REPORT = re.compile(r"\b(?:report|flag|notify|inform|alert)\b")
_POSTS = re.compile(r"\b(?:posts?|comments?|content|activity|behaviou?r|misuse|breach\w*|violations?)\b")
_REPORT_LIMIT = re.compile(r"\b(?:threat|safety|danger|leak|security|data|lost|stolen|hack|harass|child|scam|phish)")
_IMAGE = re.compile(
    r"\b(?:logos?|uniforms?|photos?|photograph\w*|pictures?|record(?:ings?"
    r"|ed)?\b|films?|filming|videos?|trademarks?|badges?)\b"
)
_IMAGE_LIMIT = re.compile(
    r"\b(?:avatars?|profile (?:image|picture|photo)s?|impersonat\w+"
    r"|commercial|sell|sale|advert\w*|endors\w*|safe\w*|secur\w*"
    r"|privacy|private|consent|permission|customers?|guests?|patients?"
    r"|clients?"
    r"|child\w*|pupils?|residents?|people you support|licen[cs]e\w*"
    r"|copyright|parents?|fake|restricted|hazard\w*|colleagues? without)\b"
)


def _bans_on(context: Context, fits: Callable[[Said], bool]) -> Iterator[Hit]:
    for each in bans(context.reading):
        if fits(each):
            yield Hit(each.text, each.passage.clause)


def criticism(each: Said) -> bool:
    """Whether a ban falls on criticism of us, named harm aside."""
    found = _CRITICISM.search(each.zone)
    if not found or _NAMED_HARM.search(each.zone):
        return False
    rest = each.zone[found.start() :]
    ours = re.search(rf"\b{_US}\b", rest) or re.search(r"\b(?:about|of|the|other) ?[a-z]*$", rest[:0])
    named = re.search(r"(?:about|of|against|disparag\w+|critici[sz]\w*) [^.;]{0,40}\b[A-Z]", each.text)
    return bool(ours or named) and not (_OTHERS.search(rest) and not ours and not named)


def reputation(each: Said) -> bool:
    """Whether a ban or a penalty hangs on our good name, without an example beside it."""
    return bool(_NAME.search(each.zone)) and not _EXAMPLE.search(each.around) and not _example_follows(each)


def private_views(each: Said) -> bool:
    """Whether a ban falls on views people hold outside work."""
    if not _VIEWS.search(each.zone) or _NAMED_HARM.search(each.zone):
        return False
    own = _OWN_ACCOUNT.search(each.around)
    return bool(own) or not _OFFICIAL.search(each.around)


@detector("LAW-01")
def no_criticism(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on criticism of us."""
    yield from _bans_on(context, criticism)


@detector("LAW-02")
def good_name(document: Document, context: Context) -> Iterator[Hit]:
    """A ban that hangs on our good name."""
    yield from _bans_on(context, reputation)


@detector("LAW-03")
def bare_secrecy(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on telling secrets that are not listed, where pay is not set free."""
    for each in bans(context.reading):
        found = _SECRET.search(each.zone)
        pay = _PAY.search(each.zone) and _TALK.search(each.zone)
        if found and not pay and not _OTHERS.search(found.group()) and not _names_secrets(each, context):
            yield Hit(each.text, each.passage.clause)


def _names_secrets(each: Said, context: Context) -> bool:
    if _LIST.search(each.passage.low) or _of_others(each.zone):
        return True
    beside = (one for one in said(context.reading) if one.section is each.section and one.asked == "free")
    return any(_PAY.search(f"{one.low} ") for one in beside)


def _of_others(zone: str) -> bool:
    return bool(
        re.search(r"(?:information|details|data)\b[^.;]{0,20}\b(?:of|about) (?:our |a |any )?" + _OTHERS.pattern, zone)
    )


@detector("LAW-04")
def pay_talk(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on talk about pay and conditions, or a duty to keep trouble inside."""
    for each in said(context.reading):
        talk = each.asked == "ban" and _PAY.search(each.zone) and _TALK.search(each.zone)
        if talk and not re.search(r"\b(?:customers?|guests?|patients?|clients?)[’']", each.zone):
            yield Hit(each.text, each.passage.clause)
        elif each.asked in ("ban", "duty", "plain") and _keeps_inside(each.low):
            yield Hit(each.text, each.passage.clause, wording="inside")


def _keeps_inside(low: str) -> bool:
    return bool(_INSIDE.search(low) and _TROUBLE.search(low)) and not _ALSO.search(low)


@detector("LAW-05")
def manners(document: Document, context: Context) -> Iterator[Hit]:
    """A duty to be polite, or a ban on being rude, that names no conduct."""
    for each in said(context.reading):
        asks = each.asked in ("ban", "duty", "sanction") and "report" not in each.zone
        if asks and _MANNERS.search(each.zone) and not _NAMED_HARM.search(each.section.low):
            yield Hit(each.text, each.passage.clause)


@detector("LAW-06")
def silence(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on talking to the press, about law or about incidents that is not limited to speaking for us."""
    for each in bans(context.reading):
        if not _GAGGED.search(_SOCIAL_MEDIA.sub(" ", each.zone)) or not _SPEAK.search(each.zone):
            continue
        if not (_FOR_US.search(each.passage.low) or _PRIVILEGED.search(each.zone)):
            yield Hit(each.text, each.passage.clause)


@detector("LAW-07")
def asking_first(document: Document, context: Context) -> Iterator[Hit]:
    """A duty to ask before a private post, or before any post that names us."""
    for each in said(context.reading):
        if each.asked not in ("duty", "ban") or not _APPROVAL.search(each.zone):
            continue
        if (
            each.asked == "ban"
            and "without" not in each.zone
            and "until" not in each.zone
            and "unless" not in each.zone
        ):
            continue
        if _IMAGE.search(each.zone) or re.match(r"\W*(?:who|how|when|what|where)\b", each.low):
            continue
        private = _OWN_ACCOUNT.search(each.around) or (_NAMES_US.search(each.zone) and not _people(each))
        if private and not _people(each):
            yield Hit(each.text, each.passage.clause)


def _people(each: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:their|parents?|(?:the|that) (?:person|individual|member|colleague)|those shown|guests?|customers?"
            r"|patients?)[’']?s? (?:\w+ )?(?:consent|permission|authori[sz]ation)",
            each.zone,
        )
    )


@detector("LAW-08")
def views(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on politics, faith or dispute outside official accounts."""
    yield from _bans_on(context, private_views)


@detector("LAW-09")
def watching_each_other(document: Document, context: Context) -> Iterator[Hit]:
    """Warnings against friends at work, and duties to report each other."""
    for each in said(context.reading):
        peers = _PEERS.search(each.zone)
        friends = _FRIEND.search(each.zone) and peers and (each.asked == "ban" or _CARE.search(each.zone))
        report = (
            each.asked == "duty"
            and _REPORT.search(each.zone)
            and _POSTS.search(each.zone)
            and (peers or re.search(r"\b(?:other|another|inappropriate|any)\b", each.zone))
        )
        if friends or (report and not _REPORT_LIMIT.search(each.zone)):
            yield Hit(each.text, each.passage.clause)


@detector("LAW-10")
def images(document: Document, context: Context) -> Iterator[Hit]:
    """A ban on logos, pictures or recordings without a limit to sales, safety or privacy."""
    for each in bans(context.reading):
        if _IMAGE.search(each.zone) and not _IMAGE_LIMIT.search(each.around):
            yield Hit(each.text, each.passage.clause)


def _example_follows(each: Said) -> bool:
    passages = each.section.passages
    place = next((at for at, one in enumerate(passages) if one is each.passage), len(passages))
    following = passages[place + 1] if place + 1 < len(passages) else None
    return following is not None and (following.clause.kind == "example" or bool(_EXAMPLE.match(following.low)))

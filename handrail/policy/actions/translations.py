"""The verbs on translations: keep clauses in another language, confirm them, bring a file in, publish."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Person
from handrail.policy.actions.procedures import BadRow
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.facts import TranslationKept, TranslationPublished
from handrail.policy.models import Policy, TranslatedClause, Translation, Version
from handrail.policy.pure import read_policy
from handrail.policy.reads.translations import SourceLine, language_name, lines_of, source_of
from handrail.policy.reads.versions import document_of, in_force

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_LONGEST = 20_000


@transaction.atomic
def keep_translation(policy: Policy, language: str, words: Mapping[str, str], *, by: Person) -> Translation:
    """Keep these clauses (and headings) in a language, bound to the source words that stand now.

    Words emptied are taken away; words that are kept as they were stay bound to the source they were written for.
    """
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    source = _source(policy)
    language = _language(policy, language)
    lines = {line.key: line for line in lines_of(source)}
    for key, text in words.items():
        check_words(text=text)
        if key not in lines:
            raise BadInput(f"The source has no clause {key} today. Load the page again.", field=key)
        if len(text) > _LONGEST:
            raise BadInput(f"A clause may have {_LONGEST:,} characters.", field=key)
    translation, _ = Translation.objects.get_or_create(policy=policy, language=language, defaults={"made_by": by})
    translation = Translation.objects.select_for_update().get(pk=translation.pk)
    changed = sum(_kept(translation, lines[key], text, source, by) for key, text in words.items())
    if changed:
        translation.changed_at = timezone.now()
        translation.save(update_fields=["changed_at"])
        announce(TranslationKept(Ref("policy", policy.pk), language, changed), who=by)
    return translation


def _source(policy: Policy) -> Version:
    source = source_of(policy)
    if source is None:
        raise NotNow(f"“{policy.title}” has no text yet, so there is nothing to translate.")
    return source


def _language(policy: Policy, language: str) -> str:
    if not LANGUAGE.fullmatch(language.strip()):
        raise BadInput("Name the language by its short code, such as de, pt or zh-Hant.", field="language")
    if language.strip() == policy.language:
        raise BadInput(f"The policy itself is in {language_name(policy.language)}. Choose another.", field="language")
    return language.strip()


def _kept(translation: Translation, line: SourceLine, text: str, source: Version, by: Person) -> bool:
    text = " ".join(text.split())
    row = TranslatedClause.objects.filter(translation=translation, key=line.key).first()
    if row is None and not text:
        return False
    if row is not None and row.text == text:
        return False
    if not text and row is not None and not row.shown:
        row.delete()
        return True
    row = row or TranslatedClause(translation=translation, key=line.key)
    row.text, row.source_sha, row.source_version = text, line.sha, source
    row.by, row.at = by, timezone.now()
    row.save()
    return True


@transaction.atomic
def confirm_translation(translation: Translation, keys: Sequence[str], *, by: Person) -> int:
    """Say that clauses whose source changed are still right as they are; returns how many."""
    if not may_write(by, translation.policy):
        raise Refused(NOT_AN_AUTHOR)
    source = _source(translation.policy)
    lines = {line.key: line for line in lines_of(source)}
    done = 0
    for row in TranslatedClause.objects.select_for_update().filter(translation=translation, key__in=list(keys)):
        line = lines.get(row.key)
        if line is not None and row.text and row.source_sha != line.sha:
            row.source_sha, row.source_version, row.by, row.at = line.sha, source, by, timezone.now()
            row.save(update_fields=["source_sha", "source_version", "by", "at"])
            done += 1
    if done:
        announce(TranslationKept(Ref("policy", translation.policy_id), translation.language, done), who=by)
    return done


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """What a file put into a translation: clauses changed, still missing, and lines that could not go in."""

    translation: Translation | None
    changed: int
    missing: int
    bad: tuple[BadRow, ...]


@transaction.atomic
def import_translation(policy: Policy, language: str, raw: bytes, name: str, *, by: Person) -> TranslationReport:
    """Read a translated Markdown with the same clause ids; lines whose id the source doesn't know are left out."""
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    source = _source(policy)
    document = read_policy(raw, name)
    lines = lines_of(source)
    known = {line.key for line in lines}
    words: dict[str, str] = {}
    bad: list[BadRow] = []
    for clause in document.clauses:
        if clause.id in known:
            words[clause.id] = clause.text
        else:
            bad.append(BadRow(clause.line_start, "This clause has no id that the source knows; it was left out."))
    headings = [line for line in lines if line.is_heading]
    if len(headings) == len(document.headings):
        words |= {line.key: said.text for line, said in zip(headings, document.headings, strict=True)}
    elif document.headings:
        said = f"The file has {len(document.headings)} headings and the source {len(headings)}; headings were left out."
        bad.append(BadRow(1, said))
    if not words:
        raise BadInput("No clause in the file has an id that the source knows. Export the file here first.")
    before = _texts(policy, language)
    translation = keep_translation(policy, language, words, by=by)
    after = _texts(policy, language)
    changed = sum(before.get(key) != text for key, text in after.items())
    return TranslationReport(translation, changed, sum(not after.get(key) for key in known), tuple(bad))


def _texts(policy: Policy, language: str) -> dict[str, str]:
    rows = TranslatedClause.objects.filter(translation__policy=policy, translation__language=language.strip())
    return dict(rows.values_list("key", "text"))


@transaction.atomic
def publish_translation(translation: Translation, *, by: Person) -> Translation:
    """Show readers what is translated of the version in force; what is missing or older is marked for them.

    Published words stay shown until they are published anew, whatever is edited meanwhile.
    """
    if not may_write(by, translation.policy):
        raise Refused(NOT_AN_AUTHOR)
    translation = Translation.objects.select_for_update().select_related("policy").get(pk=translation.pk)
    source = in_force(translation.policy)
    if source is None:
        raise NotNow(f"“{translation.policy.title}” has no version in force, so nobody reads it yet.")
    keys = {clause.id for clause in document_of(source).clauses}
    rows = list(translation.clauses.select_for_update())
    if not any(row.text and row.key in keys for row in rows):
        raise NotNow("No clause of the version in force is translated yet.")
    for row in rows:
        row.shown, row.shown_sha = row.text, row.source_sha if row.text else ""
    TranslatedClause.objects.bulk_update(rows, ["shown", "shown_sha"], batch_size=500)
    translation.published_from, translation.published_by = source, by
    translation.published_at = timezone.now()
    translation.save(update_fields=["published_from", "published_by", "published_at"])
    announce(
        TranslationPublished(
            Ref("policy", translation.policy_id),
            translation.language,
            Ref("version", source.pk),
            sum(bool(row.shown) for row in rows),
        ),
        who=by,
    )
    return translation

"""A translation is bound to its source: older lines are marked, missing ones counted, published words stay shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    confirm_translation,
    import_policy,
    import_translation,
    keep_translation,
    publish_translation,
)
from handrail.policy.models import Translation, Version
from handrail.policy.reads import as_markdown, completeness, for_reader, impact_of, shown_to_readers, source_of
from handrail.policy.testing import published
from handrail.policy.tests.test_publish import FIRST, SECOND

pytestmark = pytest.mark.django_db
GERMAN = {
    "You should:": "Bitte:",
    "Ask before you post.": "Frag, bevor du postest.",
    "Answer within 48 hours.": "Antworte in 48 Stunden.",
}


def house() -> tuple[Cast, Version]:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    return people, published(version, people)


def german(version: Version, people: Cast) -> Translation:
    words = {version.clauses.get(text=source).key: said for source, said in GERMAN.items()}
    return keep_translation(version.policy, "de", words, by=people.eva)


def counts(translation: Translation) -> tuple[int, int, int, int]:
    how = completeness(translation, source_of(translation.policy))
    return how.total, how.right, how.older, how.missing


def test_lines_are_right_until_their_source_changes_then_older() -> None:
    people, version = house()
    one = german(version, people)
    assert counts(one) == (6, 3, 0, 3)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    touched = next(each for each in impact_of(second) if each.kind == "Translations").touched
    assert [each.words for each in touched] == ["German"]
    published(second, people)
    assert counts(one) == (8, 1, 2, 5)
    changed = second.clauses.get(text="Answer within 24 hours.").key
    assert confirm_translation(one, [changed, "c-none"], by=people.eva) == 1
    assert counts(one) == (8, 2, 1, 5)


def test_readers_see_published_words_and_which_of_them_are_older() -> None:
    people, version = house()
    one = german(version, people)
    assert for_reader(version.policy, "de") is None
    publish_translation(one, by=people.eva)
    key = version.clauses.get(text="Ask before you post.").key
    keep_translation(version.policy, "de", {key: "Anders."}, by=people.eva)
    shown = {line.source.key: line.text for line in shown_to_readers(one, version)}
    assert shown[key] == "Frag, bevor du postest."
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    published(second, people)
    page = signed_in(people.dev).get("/policies/social-media-policy/in/de").content.decode()
    assert "Translated from version 1; 2 lines are older than the text in force" in page
    assert "Frag, bevor du postest." in page
    assert "Call the duty manager." in page


def test_the_markdown_goes_out_and_comes_back_with_the_same_ids() -> None:
    people, version = house()
    german(version, people)
    raw = as_markdown(version.policy, "de")
    key = version.clauses.get(text="Never name a guest.").key
    assert f"Never name a guest. <!-- {key} -->" in raw
    back = raw.replace("Never name a guest.", "Nenne nie einen Gast.").replace("## Guests", "## Gäste")
    report = import_translation(version.policy, "de", back.encode(), "de.md", by=people.eva)
    assert (report.changed, report.missing, report.bad) == (3, 0, ())
    again = import_translation(version.policy, "de", back.encode(), "de.md", by=people.eva)
    assert again.changed == 0
    assert counts(Translation.objects.get()) == (6, 6, 0, 0)


def test_lines_with_unknown_ids_are_named_and_good_ones_go_in() -> None:
    people, version = house()
    key = version.clauses.get(text="Never name a guest.").key
    text = f"Nenne nie einen Gast. <!-- {key} -->\n\nNeu.\n"
    report = import_translation(version.policy, "de", text.encode(), "de.md", by=people.eva)
    assert report.changed == 1
    assert [row.line for row in report.bad] == [3]
    with pytest.raises(BadInput, match="No clause in the file"):
        import_translation(version.policy, "de", b"Etwas anderes.\n", "de.md", by=people.eva)


def test_languages_are_codes_and_never_the_policys_own() -> None:
    people, version = house()
    for bad in ("Deutsch!", "", "de/../x", "en"):
        with pytest.raises(BadInput):
            keep_translation(version.policy, bad, {}, by=people.eva)
    with pytest.raises(Refused):
        keep_translation(version.policy, "de", {}, by=people.dev)
    with pytest.raises(BadInput, match="no clause c-none"):
        keep_translation(version.policy, "de", {"c-none": "x"}, by=people.eva)


def test_an_empty_translation_is_not_published() -> None:
    people, version = house()
    with pytest.raises(NotNow, match="No clause"):
        publish_translation(keep_translation(version.policy, "de", {}, by=people.eva), by=people.eva)


def test_pages_of_translations_for_the_right_and_the_wrong_person() -> None:
    people, version = house()
    client = signed_in(people.eva)
    base = f"/policies/{version.policy.key}"
    assert client.post(f"{base}/translations", {"language": "pt"}).status_code == 302
    key = version.clauses.get(text="Never name a guest.").key
    assert client.post(f"{base}/translations/pt", {f"w-{key}": "Nunca."}).status_code == 302
    assert "Portuguese: 1 of 6 lines right" in client.get(f"{base}/translations/pt").content.decode()
    file = SimpleUploadedFile("pt.md", as_markdown(version.policy, "pt").encode())
    assert client.post(f"{base}/translations/pt/import", {"file": file}).status_code == 302
    assert client.post(f"{base}/translations/pt/publish").status_code == 302
    assert client.get(f"{base}/translations/pt/text.md").status_code == 200
    assert "pt,Portuguese" in client.get(f"{base}/translations?format=csv").content.decode()
    reader = signed_in(people.dev)
    assert reader.get(f"{base}/translations/pt").status_code == 403
    assert reader.get(f"{base}/translations").status_code == 200
    assert "Nunca." in reader.get(f"{base}/in/pt").content.decode()
    assert reader.get(f"{base}/in/fr").status_code == 404

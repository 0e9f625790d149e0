"""Which channels outside are told about rounds: added with a sealed address, tried, removed."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.vetting.actions import ground
from handrail.vetting.facts import HookAdded, HookRemoved
from handrail.vetting.hooks import check_address, sealed
from handrail.vetting.models import Hook


def may_set_hooks(person: Person) -> bool:
    """The governance owner, since what is posted leaves the house."""
    return has_role(person, Role.GOVERNANCE_OWNER)


@transaction.atomic
def add_hook(*, name: str, kind: str, address: str, by: Person) -> Hook:
    """Tell a channel about rounds from now on. Its address is kept encrypted and shown to nobody again."""
    _must_set(by)
    name = ground.said(name, "name", needed="Give it a name by which people here know it.", longest=80)
    if kind not in Hook.Kind.values:
        raise BadInput(f"Choose one of {', '.join(Hook.Kind.values)}.", field="kind")
    check_address(address.strip())
    if Hook.objects.filter(name=name, removed_at__isnull=True).exists():
        raise BadInput(f"“{name}” is told already. Remove it first, or use another name.", field="name")
    row = Hook.objects.create(name=name, kind=kind, sealed=sealed(address.strip()), added_by=by)
    announce(HookAdded(Ref("hook", row.pk), row.name, row.kind), who=by)
    return row


@transaction.atomic
def remove_hook(hook: Hook, *, by: Person) -> Hook:
    """Tell a channel nothing any more, and wipe its address. Twice is as good as once."""
    _must_set(by)
    row = Hook.objects.select_for_update().get(pk=hook.pk)
    if row.removed_at is None:
        row.removed_at, row.sealed = timezone.now(), ""
        row.save(update_fields=["removed_at", "sealed"])
        announce(HookRemoved(Ref("hook", row.pk), row.name), who=by)
    return row


@transaction.atomic
def try_hook(hook: Hook, *, by: Person) -> Hook:
    """Send a channel one line, so that whoever set it up sees it arrive."""
    _must_set(by)
    if hook.removed_at is not None:
        raise NotNow("That channel was removed.")
    enqueue("handrail.vetting.posts.post_to_hook", hook.pk, "Handrail can reach this channel.", "")
    return hook


@transaction.atomic
def note_hook_post(hook: Hook, *, went_well: bool, words: str) -> None:
    """Write down how the latest post went."""
    Hook.objects.filter(pk=hook.pk).update(last_at=timezone.now(), last_went_well=went_well, last_words=words[:200])


def _must_set(by: Person) -> None:
    if not may_set_hooks(by):
        raise Refused("Only the governance owner says where rounds are announced. Ask them.")

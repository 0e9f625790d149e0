"""What workers do for people; each is declared beside the verb that queues it, and listed here to be found."""

from handrail.people.actions.start import put_people_in
from handrail.people.letters import send_letter

__all__ = ["put_people_in", "send_letter"]

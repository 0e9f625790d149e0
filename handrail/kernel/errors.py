"""How a verb says no: the person may not, the moment is wrong, or the input can't be used."""


class Refusal(Exception):
    """A deed that was not done; `sentence` is what the person reads, and nothing was written."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(Refusal):
    """This person may not do this. Pages and the API answer 403."""

    status = 403


class NotNow(Refusal):
    """Anyone entitled could, but the state of things does not allow it. Pages and the API answer 409."""

    status = 409


class BadInput(Refusal):
    """The input can't be used; the sentence says what, where and how to mend it. Answered with 422.

    `field` names the form field or column at fault, `line` the line of a file (1-based), where known.
    """

    status = 422

    def __init__(self, sentence: str, *, field: str = "", line: int | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.line = line


class NoRoom(Refusal):
    """The disk is full. Pages and the API answer 507; nothing half written is left."""

    status = 507


class Busy(Refusal):
    """Others are writing and did not make way in time. Pages and the API answer 503."""

    status = 503

"""Responsiveness: is the customer heard, in time, by someone who can answer?"""

from __future__ import annotations

from scorecard.events import Reply
from scorecard.judge.finding import Finding, halving, judged, not_applicable, say, say_n, unknown
from scorecard.judge.reading import Reading, Wait

_NO_CONTACT = say("The case records no contact with the company.")
_NO_TONE = not_applicable("tone", say("The tone of the replies is not recorded."))


def reached(reading: Reading) -> Finding:
    """Matters ÷ (matters + failed attempts): the tries it took, or will take at the least."""
    rule = "reached"
    if not reading.contacts:
        return not_applicable(rule, _NO_CONTACT)
    failed = [index for index, contact in reading.contacts if not contact.reached]
    if not failed:
        return judged(rule, 1, say("Every attempt got through."), [i for i, _ in reading.contacts])
    matters = len(reading.matters)
    reason = say_n(
        "{n} attempt of {tried} did not get through.",
        "{n} attempts of {tried} did not get through.",
        len(failed),
        tried=len(reading.contacts),
    )
    return judged(rule, matters / (matters + len(failed)), reason, failed)


def answered_in_time(reading: Reading) -> Finding:
    """The mean over matters of the value of the matter's longest wait, measured in norms.

    A matter whose first contact cannot be timed is unknown: later ones tell only part of its wait.
    """
    rule = "answered-in-time"
    if not reading.contacts:
        return not_applicable(rule, _NO_CONTACT)
    timed = {wait.contact: wait for wait in reading.waits if wait.hours is not None}
    worst = [
        min([timed[i] for i in matter if i in timed], key=_value)
        for matter in reading.matters
        if matter[0] in timed
    ]
    events = [i for wait in worst for i in (wait.contact, wait.answer) if i is not None]
    if not worst:
        return unknown(rule, say("The case does not tell exactly enough when an answer came."))
    values = [_value(wait) for wait in worst]
    value = sum(values) / len(values)
    longest = worst[values.index(min(values))]
    hours, norm = longest.hours or 0.0, longest.norm
    if longest.answer is None and value == 1:
        reason = say("The norm for an answer has not passed yet.")
    elif longest.answer is None:
        reason = say(
            "No answer so far, after {wait_hours} at least; the norm is {norm_hours}.",
            wait_hours=hours,
            norm_hours=norm,
        )
    elif value == 1:
        reason = say(
            "Every answer that is timed came within the norm; the longest took {wait_hours} of {norm_hours}.",
            wait_hours=hours,
            norm_hours=norm,
        )
    else:
        reason = say(
            "The longest wait for an answer took {wait_hours}; the norm is {norm_hours}.",
            wait_hours=hours,
            norm_hours=norm,
        )
    return judged(rule, value, reason, events)


def _value(wait: Wait) -> float:
    return halving((wait.hours or 0.0) - wait.norm, wait.norm)


def answered_at_all(reading: Reading) -> Finding:
    """The share of matters that got an answer; open ones inside the norm are left out."""
    rule = "answered-at-all"
    if not reading.contacts:
        return not_applicable(rule, _NO_CONTACT)
    answered = [
        (matter[0], answer)
        for matter in reading.matters
        if (answer := reading.answer_after(matter[0])) is not None
    ]
    silent = reading.silences
    judged_ = len(answered) + len(silent)
    if not judged_:
        return not_applicable(rule, say("The norm for an answer has not passed yet."))
    if not silent:
        events = [i for pair in answered for i in pair]
        return judged(rule, 1, say("What was asked got an answer."), events)
    reason = say_n(
        "{n} matter of {all} never got an answer.",
        "{n} matters of {all} never got an answer.",
        len(silent),
        all=judged_,
    )
    return judged(rule, len(answered) / judged_, reason, silent)


def no_chasing(reading: Reading) -> Finding:
    """Matters ÷ times asked; an overdue silence will take at least one more."""
    rule = "no-chasing"
    if not reading.contacts:
        return not_applicable(rule, _NO_CONTACT)
    chases = _chases(reading)
    silent = reading.silences
    matters = len(reading.matters)
    value = matters / (matters + len(chases) + len(silent))
    if chases:
        reason = say_n(
            "The customer had to ask again {n} time.",
            "The customer had to ask again {n} times.",
            len(chases),
        )
    elif silent:
        reason = say("The customer still waits, and would have to ask again.")
    else:
        return judged(rule, 1, say("Asking once was enough."), [m[0] for m in reading.matters])
    return judged(rule, value, reason, [*chases, *silent])


def _chases(reading: Reading) -> list[int]:
    """Contacts made while an earlier one for the matter, which had got through, was still unanswered."""
    chases = []
    reached = {index for index, contact in reading.contacts if contact.reached}
    for matter in reading.matters:
        waiting: int | None = None
        for index in matter:
            if waiting is not None and reading.answer_after(waiting) == reading.answer_after(index):
                chases.append(index)
            else:
                waiting = index if index in reached else None
    return chases


def tone(reading: Reading) -> Finding:
    """The mean over the replies whose tone is recorded."""
    rule = "tone"
    values = reading.standards.rules[rule].values
    tones = [(i, reply.tone) for i, reply in reading.all(Reply) if reply.tone]
    if not tones:
        return _NO_TONE
    value = sum(values[tone] for _, tone in tones) / len(tones)
    rude = [i for i, tone in tones if tone == "rude"]
    reason = (
        say_n("{n} reply was rude.", "{n} replies were rude.", len(rude))
        if rude
        else say("No reply was rude.")
    )
    return judged(rule, value, reason, rude or [i for i, _ in tones])

"""Responsiveness: is the customer heard, in time, by someone who can answer?"""

from __future__ import annotations

from scorecard.events import Reply
from scorecard.judge.finding import Finding, halving, judged, not_applicable, say, say_n, unknown
from scorecard.judge.reading import Reading, Wait

_NO_CONTACT = say("The case records no contact with the company.")


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
    known = {wait.contact: wait.hours is not None for wait in reading.waits}
    worst = [
        min((timed[i] for i in matter if i in timed), key=_value)
        for matter in reading.matters
        if any(i in timed for i in matter) and known[matter[0]]
    ]
    events = [i for wait in worst for i in (wait.contact, wait.answer) if i is not None]
    if not worst:
        return unknown(rule, say("The case does not tell exactly enough when an answer came."))
    value = sum(_value(wait) for wait in worst) / len(worst)
    longest = min(worst, key=_value)
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
    answered = [m for m in reading.matters if reading.answer_after(m[0]) is not None]
    silent = reading.silences
    judged_ = len(answered) + len(silent)
    if not judged_:
        return not_applicable(rule, say("The norm for an answer has not passed yet."))
    if not silent:
        events = [i for m in answered for i in (m[0], reading.answer_after(m[0])) if i is not None]
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
    chases = [i for matter in reading.matters for i in _chases(reading, matter)]
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


def _chases(reading: Reading, matter: list[int]) -> list[int]:
    """Contacts made while an earlier one, which had got through, was still unanswered."""
    chases = []
    waiting: int | None = None
    for index in matter:
        if waiting is not None and not any(waiting < a < index for a in reading.answers):
            chases.append(index)
        elif dict(reading.contacts)[index].reached:
            waiting = index
        else:
            waiting = None
    return chases


def tone(reading: Reading) -> Finding:
    """The mean over the replies whose tone is recorded."""
    rule = "tone"
    values = reading.standards.rules[rule].values
    tones = [(i, reply.tone) for i, reply in reading.all(Reply) if reply.tone]
    if not tones:
        return not_applicable(rule, say("The tone of the replies is not recorded."))
    value = sum(values[tone] for _, tone in tones) / len(tones)
    rude = [i for i, tone in tones if tone == "rude"]
    reason = (
        say_n("{n} reply was rude.", "{n} replies were rude.", len(rude))
        if rude
        else say("No reply was rude.")
    )
    return judged(rule, value, reason, rude or [i for i, _ in tones])

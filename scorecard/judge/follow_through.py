"""Follow-through: is it done, completely, once, as said? No rule rewards short handling."""

from __future__ import annotations

from datetime import timedelta

from scorecard.events import (
    AnyEvent,
    ChannelSwitch,
    Closed,
    Fix,
    Lost,
    Promise,
    Recurrence,
    Reply,
    Transfer,
)
from scorecard.judge.finding import (
    Finding,
    Reason,
    halving,
    judged,
    not_applicable,
    say,
    say_n,
    unknown,
)
from scorecard.judge.reading import Reading

_DAY = timedelta(days=1)
_NO_PROMISE = not_applicable("promises-kept", say("No promise was made."))
_NO_LOSS = not_applicable("not-lost", say("Nothing was lost."))
_NO_COMPLAINT = not_applicable("complaint-confirmed", say("No complaint was made."))
_NO_FIX = not_applicable("cause-fixed", say("No fix is recorded."))
_NOTHING_BACK = not_applicable("no-recurrence", say("Nothing came back, and no fix is recorded."))


def promises_kept(reading: Reading) -> Finding:
    """The mean over promises that can be judged: kept in time 1, late less, broken or overdue 0."""
    rule = "promises-kept"
    promises = reading.all(Promise)
    if not promises:
        return _NO_PROMISE
    values = {i: v for i, p in promises if (v := promise_value(reading, p)) is not None}
    if not values:
        return not_applicable(rule, say("No promise can be judged yet."), [i for i, _ in promises])
    short = [i for i, value in values.items() if value < 1]
    reason = (
        say_n(
            "{n} promise of {all} was late or not kept.",
            "{n} promises of {all} were late or not kept.",
            len(short),
            all=len(values),
        )
        if short
        else say("Every promise was kept in time.")
    )
    return judged(rule, sum(values.values()) / len(values), reason, short or values)


def promise_value(reading: Reading, promise: Promise) -> float | None:
    """What one promise is worth; None while it runs or where its lateness cannot be measured.

    Lateness counts relative to the time promised: one such stretch late is worth a half.
    """
    due = reading.due(promise)
    if promise.kept is not None:
        return float(promise.kept)
    if promise.kept_at:
        if due is None or promise.kept_at.first <= due.last:
            return 1.0
        if promise.at is None:
            return None
        stretch = max(due.last - promise.at.first, _DAY)
        return halving((promise.kept_at.first - due.last) / stretch, 1)
    return 0.0 if due and due.last < reading.now else None


def completely_solved(reading: Reading) -> Finding:
    """How the case ended, as the customer sees it."""
    rule = "completely-solved"
    values = reading.standards.rules[rule].values
    endings = reading.all(Closed)
    if endings:
        index, ending = endings[-1]
        if ending.solved is None:
            return unknown(
                rule, say("The case is closed; how the customer sees it is not told."), [index]
            )
        return judged(rule, values[ending.solved], _ENDINGS[ending.solved], [index])
    if not reading.contacts:
        return not_applicable(rule, say("The case records no contact with the company."))
    first, last = reading.contacts[0][0], reading.contacts[-1][0]
    if any(i > last and _full(reading.timeline[i]) for i in reading.answers):
        return unknown(rule, say("It was answered; whether that solved it is not told."), [last])
    if not reading.overdue(reading.latest_possible(first), "solved"):
        return not_applicable(
            rule, say("The case is open, and the norm for solving it has not passed.")
        )
    return judged(
        rule, 0, say("The case is still open, long after the norm for solving it."), [first]
    )


_ENDINGS: dict[str, Reason] = {
    "full": say("It was completely solved."),
    "partial": say("It was partly solved."),
    "none": say("It ended unsolved."),
}


def _full(answer: AnyEvent) -> bool:
    return not (isinstance(answer, Reply) and answer.answer == "partial")


def in_one_go(reading: Reading) -> Finding:
    """Matters ÷ (matters + detours); an overdue silence will take at least one more."""
    rule = "in-one-go"
    detours = _detours(reading)
    matters = len(reading.matters)
    if not matters and not detours:
        return not_applicable(rule, say("The case records no contact with the company."))
    value = matters / (matters + len(detours) + len(reading.silences))
    if detours:
        reason = say_n(
            "The customer was sent on {n} detour.",
            "The customer was sent on {n} detours.",
            len(detours),
        )
    elif reading.silences:
        reason = say("The customer still waits, and would have to ask again.")
    else:
        return judged(rule, 1, say("It needed no detour."), [m[0] for m in reading.matters])
    return judged(rule, value, reason, [*detours, *reading.silences])


def _detours(reading: Reading) -> list[int]:
    """The position of every detour; a contact that is both avoidable and told again counts twice."""
    told_again = [i for i, contact in reading.contacts if contact.told_again]
    sent_on = [i for kind in (Transfer, ChannelSwitch) for i, _ in reading.all(kind)]
    misled = [i for i, reply in reading.all(Reply) if reply.advice_worked is False]
    return [*reading.avoidable, *told_again, *sent_on, *misled]


def not_lost(reading: Reading) -> Finding:
    """Losing the matter counts; keeping it goes without saying."""
    lost = [index for index, _ in reading.all(Lost)]
    if not lost:
        return _NO_LOSS
    return judged("not-lost", 0, say("The company had no record of the matter."), lost)


def complaint_confirmed(reading: Reading) -> Finding:
    """The share of complaints that somebody responded to."""
    rule = "complaint-confirmed"
    complaints = [i for i, contact in reading.contacts if contact.asks == "complaint"]
    if not complaints:
        return _NO_COMPLAINT
    last = max(_responses(reading), default=-1)
    confirmed = [i for i in complaints if i < last]
    ignored = [
        i
        for i in complaints
        if i > last and reading.overdue(reading.latest_possible(i), "complaint_confirmed")
    ]
    if not confirmed and not ignored:
        return not_applicable(
            rule, say("The norm for confirming the complaint has not passed yet.")
        )
    reason = (
        say("Nobody responded to the complaint.")
        if ignored
        else say("The complaint got a response.")
    )
    value = len(confirmed) / (len(confirmed) + len(ignored))
    return judged(rule, value, reason, ignored or confirmed)


def _responses(reading: Reading) -> list[int]:
    """The positions of answers and of all replies by a person; an automatic message is none."""
    replies = [i for i, reply in reading.all(Reply) if reply.by in (None, "person", "expert")]
    return [*reading.answers, *replies]


def cause_fixed(reading: Reading) -> Finding:
    """Half for the cause, half for telling the customer; what is unknown is left out."""
    rule = "cause-fixed"
    fixes = reading.all(Fix)
    if not fixes:
        return _NO_FIX
    parts = [part for _, fix in fixes for part in (fix.cause, fix.told) if part is not None]
    events = [i for i, _ in fixes]
    if not parts:
        return unknown(rule, say("The case does not tell what was fixed."), events)
    if all(parts):
        reason = say("As far as the case tells, the cause was fixed or the customer told.")
        if all(fix.cause and fix.told for _, fix in fixes):
            reason = say("The cause was fixed and the customer was told.")
    elif any(fix.cause is False for _, fix in fixes):
        reason = say("A symptom was fixed, not the cause.")
    else:
        reason = say("The customer was not told what changed.")
    return judged(rule, sum(parts) / len(parts), reason, events)


def no_recurrence(reading: Reading) -> Finding:
    """Trouble that comes back counts, with a fix or without."""
    rule = "no-recurrence"
    back = [index for index, _ in reading.all(Recurrence)]
    fixes = [index for index, _ in reading.all(Fix)]
    if back:
        return judged(rule, 0, say("The same trouble came back."), back)
    if fixes:
        return judged(rule, 1, say("The trouble did not come back after the fix."), fixes)
    return _NOTHING_BACK

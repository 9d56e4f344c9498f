"""The words of the form that writes a case: its questions, the steps one can add, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scorecard.compose import vocabulary as v
from scorecard.judge.finding import Reason, say


class Question(NamedTuple):
    """How a key is asked for; `help` stands below the question."""

    label: Reason
    help: Reason | None = None


class Step(NamedTuple):
    """How an event is offered; the `usual` ones stand in front."""

    label: Reason
    help: Reason | None = None
    usual: bool = False


_AMOUNT = Question(say("How much?"))
_ONLY_WITHOUT_TIME = say("Only if you do not know when.")

QUESTIONS: Mapping[str, Question] = {
    "title": Question(
        say("What happened, in one line"),
        say("Like: Router returned, 49 euros charged all the same"),
    ),
    "wanted": Question(say("What would have solved it?")),
    "amount": Question(say("How much money was at stake?")),
    "about": Question(
        say("What were you unhappy, or happy, with?"),
        say("Of the product, too, only how it was handled is scored."),
    ),
    "language": Question(say("The language of your own words"), say("A code, like en or nl.")),
    "source.kind": Question(say("How do you know this?")),
    "source.title": Question(say("What it is called where you read it")),
    "source.author": Question(say("Who wrote it")),
    "source.date": Question(say("When it was published")),
    "source.url": Question(say("Its web address")),
    "source.licence": Question(say("The licence it may be used under")),
    "source.record": Question(say("Its number in the register")),
    "evidence.level": Question(
        say("What is there to show for it?"), say("The stronger it is, the more the case weighs.")
    ),
    "evidence.items": Question(
        say("What there is"), say("One thing on each line, like: bank statement")
    ),
    "evidence.urls": Question(say("Where it can be seen"), say("One web address on each line.")),
    "contributor": Question(
        say("A made-up name to sign with"),
        say("The same in all your cases; never your own. Letters and digits, without spaces."),
    ),
    "summary": Question(
        say("In your own words"), say("Two or three sentences, only what you saw yourself.")
    ),
    "effort": Question(say("How much effort did it cost you?")),
    "at": Question(
        say("When?"),
        say("As much as you know: a year alone will do. No idea? Leave it empty."),
    ),
    "note": Question(say("What else is worth knowing")),
    "channel": Question(say("How?")),
    "contact.reached": Question(
        say("I did not get through"), say("Busy, cut off, closed, out of order.")
    ),
    "contact.asks": Question(say("What did you ask for?")),
    "contact.same_matter": Question(say("This was about something new")),
    "contact.told_again": Question(say("I had to tell the whole story again")),
    "contact.waited": Question(say("How long did you have to wait on the line?")),
    "acknowledgement.promises_within": Question(say("It promised an answer within")),
    "reply.by": Question(say("Who replied?")),
    "reply.answer": Question(say("Did it answer what you asked?")),
    "reply.tone": Question(say("What was the tone?")),
    "reply.advice_worked": Question(say("Did the advice help?")),
    "promise.what": Question(say("What was promised?")),
    "promise.due": Question(say("For when was it promised?")),
    "promise.within": Question(say("Or: within what time?")),
    "promise.kept_at": Question(
        say("When was it done?"), say("Leave it empty if it was not done, or not yet.")
    ),
    "promise.kept": Question(say("Was it done in time?"), _ONLY_WITHOUT_TIME),
    "transfer.to": Question(
        say("To whom?"), say("A department or a company, never a person's name.")
    ),
    "channel-switch.to": Question(say("Which one?")),
    "charge.amount": _AMOUNT,
    "charge.due_to_customer_error": Question(say("Was a mistake of yours the reason?")),
    "charge.warned": Question(say("Was there a warning or a reminder?")),
    "charge.justified": Question(say("Was the charge right?")),
    "refund.decision": Question(say("What was decided?")),
    "refund.amount": _AMOUNT,
    "refund.form": Question(say("In what form?")),
    "refund.paid_at": Question(
        say("When was the money there?"), say("Leave it empty if it has not come yet.")
    ),
    "refund.paid": Question(say("Was it paid?"), _ONLY_WITHOUT_TIME),
    "refund.justified": Question(say("Was the refusal right?"), say("Only of a refusal.")),
    "replacement.asked_for_return": Question(say("Did you have to send the old one back?")),
    "replacement.free": Question(say("Was it free?")),
    "gesture.amount": _AMOUNT,
    "gesture.what": Question(say("What was given?")),
    "fix.cause": Question(say("Was the cause repaired, and not only the symptom?")),
    "fix.told": Question(say("Were you told what changed?")),
    "chargeback.amount": _AMOUNT,
    "escalation.to": Question(say("Where did you go?")),
    "escalation.ruling": Question(say("How did that end?")),
    "closed.solved": Question(say("How far was it solved, as you see it?")),
    "closed.by": Question(say("Who ended it?")),
}
"""By `<event>.<key>`, or the key alone."""

ANSWERS: Mapping[str, Mapping[str, Reason]] = {
    "wanted": v.WANTED,
    "about": {"service": say("the service"), "product": say("the product itself")},
    "source.kind": {
        "first-hand": say("It happened to me"),
        "published": say("I read it"),
        "register": say("It stands in a public register"),
    },
    "evidence.level": v.EVIDENCE,
    "effort": {str(n): text for n, text in enumerate(v.EFFORT, 1)},
    "channel": {channel.value: text for channel, text in v.CHANNELS.items()},
    "channel-switch.to": {channel.value: text for channel, text in v.CHANNELS.items()},
    "contact.asks": v.ASKS,
    "reply.by": {key: text for key, text in v.BY.items() if key},
    "reply.answer": v.ANSWER,
    "reply.tone": v.TONE,
    "refund.decision": v.DECISION,
    "refund.form": v.FORM,
    "escalation.to": {key: text for key, text in v.ESCALATED.items() if key},
    "escalation.ruling": v.RULING,
    "closed.solved": {
        "full": say("completely"),
        "partial": say("in part"),
        "none": say("not at all"),
    },
    "closed.by": {"customer": say("I did"), "company": say("the company did")},
}
"""What a choice offers, under the same keys."""

STEPS: Mapping[str, Step] = {
    "contact": Step(say("I called, wrote or chatted"), say("Or tried to."), usual=True),
    "recurrence": Step(say("The same trouble was back")),
    "escalation": Step(say("I went to somebody outside the company")),
    "chargeback": Step(say("I took the money back through my bank or card")),
    "closed": Step(
        say("It was over"), say("Not over yet? Leave this out; the clocks then go on."), usual=True
    ),
    "reply": Step(say("The company replied"), usual=True),
    "promise": Step(say("The company promised something"), usual=True),
    "charge": Step(say("The company charged money"), usual=True),
    "refund": Step(say("The company decided about money back"), usual=True),
    "acknowledgement": Step(
        say("Only a confirmation came"), say("An automatic or empty one: it is no answer.")
    ),
    "transfer": Step(say("I was sent on to another department or company")),
    "channel-switch": Step(say("I had to use another channel")),
    "lost": Step(say("The company had no record of it")),
    "fix": Step(say("The company repaired what went wrong")),
    "replacement": Step(say("The company sent a new product")),
    "gesture": Step(say("The company gave something unasked")),
    "survey": Step(say("The company asked for a rating")),
}
"""In the order in which they are offered."""

MESSAGES: Mapping[str, Reason] = {
    "problem": say("found {found}; expected {expected}."),
    "nothing": say("nothing"),
    "missing": say("the key '{key}'"),
    "long": say("at most {most} characters"),
    "time": say("a time that exists: 2019-06-28 21:10, 2019-06-28, 2019-07 or 2019"),
    "duration": say(
        "a duration of at most 20 years: 90 min, 3 h, 2 days, 5 working days or 8 weeks"
    ),
    "money": say("an amount with its currency, like 180.00 EUR"),
    "url": say("a web address that starts with https:// or http://"),
    "slug": say("small letters, digits and single hyphens"),
    "language": say("a language code, like en or nl"),
    "handle": say("a pseudonym of letters, digits, - and _, without spaces"),
    "disorder": say("'{time}', which lies before '{other}' above it"),
    "order": say("events in the order of time"),
    "reorder": say("Move the event up, or mend its date."),
    "kept_early": say("'{time}': kept before it was made ('{other}')"),
    "due_early": say("'{time}': due before it was made ('{other}')"),
    "after_promise": say("a time after the promise was made"),
    "paid_early": say("'{time}': paid before it was decided ('{other}')"),
    "after_decision": say("a time after the decision"),
    "both": say("both '{one}' and '{other}'"),
    "one": say("only one of the two"),
    "refused_paid": say("'refused', but paid"),
    "granted": say("granted or partial"),
    "justified": say("'justified' of what was not refused"),
    "only_refused": say("it only with 'refused'"),
    "impersonal": say("no personal data"),
    "bytes": say("{bytes} bytes"),
    "fewer": say("at most {bytes} bytes"),
    "shorten": say("Shorten the notes."),
    "leave_out": say("Leave it out, or write [removed]."),
}
"""What `check` says, by what the form's script calls it. A test holds that both say the same."""

PERSONAL: Mapping[str, Reason] = {
    "an e-mail address": say("an e-mail address"),
    "a bank account (IBAN)": say("a bank account (IBAN)"),
    "a card number": say("a card number"),
    "a citizen number (BSN)": say("a citizen number (BSN)"),
    "an order or customer number": say("an order or customer number"),
    "a street address": say("a street address"),
    "a phone number": say("a phone number"),
    "a name": say("what may be a person's name"),
}
"""What personal data are called, by the reader's name for them."""

"""A mail thread → the draft of a timeline: what the mails cannot tell is asked, mail by mail."""

from __future__ import annotations

from scorecard.contribute.answers import Judge, wrong_choice
from scorecard.contribute.mail_quotes import shown
from scorecard.contribute.mail_thread import Message, Thread
from scorecard.contribute.person import Person, agree, ask, choose
from scorecard.contribute.questions import Question
from scorecard.contribute.timeline import EventText, ask_event, placed
from scorecard.errors import Problem
from scorecard.events import KINDS, Channel

OMIT, STOP = "leave-out", "stop"
_ACK = "acknowledgement"
_EMAIL = {"channel": Channel.EMAIL.value}
_STOPS = f"{OMIT}: not about this matter; {STOP}: leave out this one and all later ones"
_NOT_NOW = ("contact", "acknowledgement", "reply", "survey")


def own_addresses(person: Person, thread: Thread) -> tuple[str, ...]:
    """Which of the thread's senders the person is. They are shown, and never written."""
    senders = thread.senders
    if not senders:
        return ()
    listed = "\n".join(f"  {number}  {address}" for number, address in enumerate(senders, 1))
    person.tell(
        f"These addresses sent mails in this thread. None of them will be written.\n{listed}"
    )
    numbers = tuple(str(number) for number in range(len(senders) + 1))
    first = next((m for m in thread.messages if m.sender and not m.sent_by_machine), None)
    default = str(senders.index(first.sender) + 1) if first else "0"
    question = Question(
        "Which is yours?", "a number; several with a comma between them; 0 for none", (), default
    )
    given = ask(person, question, lambda text: _wrong_numbers(text, numbers))
    return tuple(senders[int(n) - 1] for n in given.split(",") if int(n) > 0)


def thread_events(
    person: Person, judge: Judge, thread: Thread, mine: tuple[str, ...]
) -> list[EventText]:
    """The timeline that the thread and the person's answers make; empty where all is left out."""
    timeline: list[EventText] = []
    count = len(thread.messages)
    for number, message in enumerate(thread.messages, 1):
        person.tell(f"\nMail {number} of {count} · {message.at or 'no date that can be read'}")
        person.tell(_quoted_block(message))
        by_me = _is_mine(person, message, mine)
        kind = _kind(person, message, by_me)
        if kind == STOP:
            break
        if kind == OMIT:
            continue
        event = _event(person, judge, message, kind, timeline)
        timeline = placed(timeline, event, judge.zone)
        if not by_me and kind != "survey":
            for more in _consequences(person, judge, event):
                timeline = placed(timeline, more, judge.zone)
    return timeline


def _wrong_numbers(text: str, numbers: tuple[str, ...]) -> list[Problem]:
    return [p for part in text.split(",") for p in wrong_choice(part.strip(), numbers)]


def _quoted_block(message: Message) -> str:
    subject = [f"  │ {message.subject[:90]}", "  │"] if message.subject else []
    lines = shown(message.text or "(no text)").split("\n")
    return "\n".join([*subject, *(f"  │ {line}" for line in lines)])


def _is_mine(person: Person, message: Message, mine: tuple[str, ...]) -> bool:
    if message.sender:
        return message.sender in mine
    shown_as = f"It is quoted as: {message.who[:90]}" if message.who else ""
    return agree(person, "Did you write this one yourself?", False, shown_as)


def _kind(person: Person, message: Message, by_me: bool) -> str:
    """Which event the mail is; the headers and words only make the default."""
    if by_me:
        words = ("contact", OMIT, STOP)
        return choose(person, Question("Take it up?", _STOPS, words, "contact"))
    why, default = "", "reply"
    if message.bounced:
        why, default = "It looks like a report that a mail did not arrive. ", OMIT
    elif message.seems_survey:
        why, default = "It looks like a request for a rating. ", "survey"
    elif message.sent_by_machine:
        why, default = f"Its header {message.sent_by_machine} says: sent automatically. ", _ACK
    elif message.seems_automatic:
        why, default = "Its words look automatic. ", _ACK
    allowed = ("reply", _ACK, "survey", OMIT, STOP)
    about = (
        f"{why}acknowledgement: automatic or empty, no answer; survey: asks for a rating; {_STOPS}"
    )
    return choose(person, Question("What is it?", about, allowed, default))


def _event(
    person: Person, judge: Judge, message: Message, kind: str, timeline: list[EventText]
) -> EventText:
    """The mail as an event: its time and channel are known, the rest is asked."""
    known = {"at": message.at} if message.at else {}
    if kind == "survey":
        return ask_event(person, judge, kind, known, ("note",))
    skip: tuple[str, ...] = ("reached", "waited")
    if kind == "contact" and not any(event["event"] == "contact" for event in timeline):
        skip = (*skip, "same_matter", "told_again")
    defaults = {"by": "machine"} if message.sent_by_machine else {}
    return ask_event(person, judge, kind, {**known, **_EMAIL}, skip, defaults)


def _consequences(person: Person, judge: Judge, mail: EventText) -> list[EventText]:
    """What the mail brought besides its own words: promises first, then whatever else."""
    found: list[EventText] = []
    defaults = {"at": mail["at"]} if "at" in mail else {}
    others = tuple(name for name in KINDS if name not in _NOT_NOW)
    text = "Was a promise made in it?"
    if mail["event"] == "reply" and agree(person, text, False, "that something will be done"):
        found.append(ask_event(person, judge, "promise", defaults))
    while True:
        text = "And anything else?" if found else "Did anything else happen with it?"
        about = "closed: it solved or ended the matter"
        name = choose(person, Question(text, about, others, optional=True, enter="nothing"))
        if not name:
            return found
        found.append(ask_event(person, judge, name, defaults=defaults))

"""The case format's words as readers read them."""

from __future__ import annotations

from scorecard.events import Channel
from scorecard.judge.finding import Reason, say

CHANNELS: dict[Channel, Reason] = {
    Channel.PHONE: say("by phone"),
    Channel.EMAIL: say("by e-mail"),
    Channel.CHAT: say("by chat"),
    Channel.FORM: say("by web form"),
    Channel.APP: say("in the app"),
    Channel.PORTAL: say("through a portal"),
    Channel.SOCIAL: say("on social media"),
    Channel.LETTER: say("by letter"),
    Channel.IN_PERSON: say("in person"),
    Channel.SMS: say("by text message"),
}
ASKS = {
    "answer": say("Asked for an answer."),
    "refund": say("Asked for money back."),
    "complaint": say("Made a complaint."),
    "callback": say("Asked to be called back."),
}
BY = {
    "person": say("A person replied."),
    "expert": say("An expert replied."),
    "script": say("Somebody replied from a script."),
    "machine": say("A machine replied."),
    None: say("The company replied."),
}
ANSWER = {
    "full": say("It answered everything."),
    "partial": say("It answered in part."),
    "none": say("It did not answer the question."),
}
TONE = {
    "kind": say("The tone was kind."),
    "neutral": say("The tone was neutral."),
    "rude": say("The tone was rude."),
}
DECISION = {
    "granted": say("Granted the money back."),
    "partial": say("Granted part of the money back."),
    "refused": say("Refused to give money back."),
}
FORM = {
    "money": say("As money."),
    "set-off": say("Set off against bills, not paid."),
    "voucher": say("As a voucher, not as money."),
}
ESCALATED = {
    "regulator": say("Went to the regulator."),
    "ombudsman": say("Went to the ombudsman."),
    "court": say("Went to court."),
    "media": say("Went to the media."),
    "disputes-body": say("Went to a disputes body."),
    None: say("Went to somebody outside the company."),
}
RULING = {
    "customer": say("It ruled for the customer."),
    "company": say("It ruled for the company."),
    "settled": say("It ended in a settlement."),
}
SOLVED = {
    "full": say("Closed: completely solved, as the customer sees it."),
    "partial": say("Closed: partly solved, as the customer sees it."),
    "none": say("Closed: not solved, as the customer sees it."),
    None: say("Closed; how the customer sees it is not told."),
}
WANTED = {
    "answer": say("an answer"),
    "correction": say("a correction"),
    "delivery": say("delivery"),
    "repair": say("a repair"),
    "replacement": say("a replacement"),
    "refund": say("money back"),
    "access": say("access"),
    "decision": say("a decision"),
    "cancellation": say("cancellation"),
}
EFFORT = (
    say("Very little effort"),
    say("Little effort"),
    say("Neither"),
    say("Much effort"),
    say("Very much effort"),
)
"""The answers to how much effort it took, from 1 to 5."""
SOURCE = {
    "first-hand": say("Told by the customer"),
    "published": say("Published"),
    "register": say("From a public register"),
}
CASES_OF = {
    "first-hand": say("cases told by customers"),
    "published": say("published cases"),
    "register": say("cases from registers"),
}
EVIDENCE = {
    "none": say("no evidence"),
    "described": say("evidence is described"),
    "redacted": say("evidence seen, redacted"),
    "public": say("evidence is public"),
    "ruling": say("a ruling"),
}
STATUS = {
    "published": say("Published"),
    "disputed": say("Disputed"),
    "corrected": say("Corrected"),
    "withdrawn": say("Withdrawn"),
}
FRICTION = {
    "none": say("no friction"),
    "low": say("low friction"),
    "some": say("some friction"),
    "high": say("high friction"),
    "extreme": say("extreme friction"),
}

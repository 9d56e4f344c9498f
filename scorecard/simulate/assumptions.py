"""Every number the simulation assumes, and why. Nothing here is measured; it only has to be likely.

`Ends` are what companies of quality 0 and of quality 1 do; the others lie between. A `Length` is a
time that something takes. Hours are working hours, days are calendar days, money is in euros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

Weights = Mapping[str, float]


class Ends(Struct, frozen=True):
    """A number at quality 0 (`worst`) and at quality 1 (`best`)."""

    worst: float
    best: float

    def at(self, quality: float) -> float:
        """The number at this quality, on a straight line: for shares."""
        return self.worst + (self.best - self.worst) * quality

    def along(self, quality: float) -> float:
        """The number at this quality, in equal ratios; both ends above 0: for lengths and rare things."""
        return float(self.worst * (self.best / self.worst) ** quality)


class Length(NamedTuple):
    """How long something takes: half of the times less than `median`; two thirds within e^±`spread` of it."""

    median: float
    spread: float


# ── How a case falls out ───────────────────────────────────────────────────────────────────────
FIRMNESS = 1.6
"""How alike the cases of one company are. Below 2 they heap up at both ends: most customers are served
well or badly, few in between, as in every real pile of complaints."""

# ── Getting an answer (responsiveness) ─────────────────────────────────────────────────────────
USUAL_HOURS: Weights = {
    "phone": 1, "in-person": 1, "chat": 1, "social": 4, "email": 8, "form": 8, "app": 8,
    "portal": 8, "sms": 8, "letter": 80,
}  # fmt: skip
"""What people expect of a channel. The shipped norms are the same, so that a middling company has
middling scores."""
USUAL_HOURS_IN: Mapping[str, Weights] = {
    "public-bodies": dict.fromkeys(("letter", "email", "form", "portal", "app", "sms"), 320.0),
}
"""The law gives public bodies eight weeks for what is asked in writing."""
LEAST_HOURS: Weights = {"phone": 0.05, "in-person": 0.05, "chat": 0.03, "letter": 18}
LEAST_HOURS_ELSE = 0.3
"""A letter takes two days in the post; a call is answered within minutes or not in the call."""
WAIT_IN_NORMS, WAIT_SPREAD = Ends(30, 0.1), 0.7
"""The median wait: a tenth of the norm at the best, thirty norms at the worst."""
LONGEST_WAIT = 1200.0
"""After this many hours (seven months) nobody answers any more."""
SOONER = 0.4
"""A further contact is answered in this much of the time of a first one."""
NEVER_ANSWERED = Ends(0.995, 0.004)
FAILED_TRIES, MOST_FAILED = Ends(3.7, 0.02), 5
"""Busy tones, cut lines and dead portals before each time the customer gets through; on average."""
ON_HOLD = 0.6
MINUTES_ON_HOLD = (5, 8, 10, 12, 15, 20, 25, 35, 40, 55)
MINUTES_UNTIL_NEXT_TRY = Length(100, 1.6)
PATIENCE: Weights = {"phone": 7, "in-person": 12, "chat": 7, "social": 12, "letter": 110}
PATIENCE_ELSE, PATIENCE_SPREAD = 22.0, 0.45
"""Median hours before customers ask again: a day after a call, three after an e-mail."""
PATIENCE_SLOW_SECTOR = 150.0
"""Where answers take months by law, people wait four weeks."""
PERSISTENCE, MOST_CHASES = 2.8, 3
"""How often a customer who hears nothing asks again, on average and at most."""
OTHER_CHANNEL, RETOLD_WHEN_CHASING = 0.3, 0.4
"""Of those who ask again, the share that goes to another channel, and that may have to tell it again."""
CHASE_FAILS = Ends(0.3, 0.01)
EMPTY_REPLY = Ends(0.45, 0.02)
"""A script, a machine or somebody who does not know replies without answering."""
EMPTY_REPLY_HOURS = (0.1, 6.0)
EMPTY_BY: Weights = {"script": 45, "machine": 30, "person": 25}
CONFIRMED = 0.55
"""Automatic confirmations say nothing about quality: everybody has them."""
CONFIRMED_WITHIN = (None, None, "1 day", "2 working days", "5 working days")
RUDE, KIND = Ends(0.95, 0.01), Ends(0.1, 0.75)
FULL_ANSWER = Ends(0.25, 0.93)
BY_MACHINE, BY_EXPERT = Ends(0.01, 0.06), Ends(0.1, 0.4)
MORE_MATTERS = (("complaint", Ends(0.9, 0.12)), ("answer", Ends(0.6, 0.03)))
"""Who gets no answer asks more: complains, wants it in writing. The second only after the first."""
MATTER_AFTER_THE_END = Ends(0.98, 0.15)
"""The share of those that are asked when the case itself is over."""
MATTER_CHANNELS: Weights = {"email": 5, "form": 3, "phone": 3, "letter": 1}
DAYS_UNTIL_NEXT_MATTER = Length(2, 0.7)

# ── Doing what was asked (follow-through) ──────────────────────────────────────────────────────
DETOURS, MOST_DETOURS = Ends(1.9, 0.02), 4
"""Transfers, switches of channel, bad advice, lost files in a case; on average and at most."""
DETOUR_KINDS: Weights = {"transfer": 35, "switch": 22, "advice": 25, "lost": 18}
DAYS_TRYING_ADVICE = Length(1.5, 0.5)
HOURS_UNTIL_FOUND_LOST = Length(20, 0.5)
TOLD_AGAIN = Ends(0.85, 0.03)
PROMISES, MOST_PROMISES = 1.3, 3
PROMISED_DAYS = (1, 2, 3, 5, 7, 10, 14)
PROMISED_AS_LENGTH = 0.4
"""The share of promises that name a number of days, not a day."""
KEPT_IN_TIME, KEPT_LATE = Ends(0.01, 0.985), Ends(0.06, 0.7)
"""Of all promises, and of those not kept in time."""
LATE_STRETCHES = Length(2, 0.8)
"""How late, in stretches as long as the one promised."""
ASKS_AFTER_BROKEN, DAYS_UNTIL_BROKEN_ASKED = 0.5, Length(2, 0.6)
FIXED = Ends(0.3, 0.85)
HOURS_UNTIL_FIXED = Length(8, 0.8)
CAUSE_FIXED, CAUSE_TOLD = Ends(0.03, 0.97), Ends(0.03, 0.96)
COMES_BACK, DAYS_UNTIL_BACK = Ends(0.7, 0.015), Length(12, 0.7)
SOLVED_FULLY, SOLVED_PARTLY = Ends(0.01, 0.97), Ends(0.03, 0.02)
PARTLY_BETWEEN = 0.6
"""Half solutions belong to middling companies: this much times q(1 − q) on top."""
NEVER_CLOSED = 0.3
"""Of what is not solved, the share that just stays open."""
DAYS_UNTIL_CLOSED, CLOSING_SPREAD = Ends(25, 2), 0.6
CLOSED_BY_COMPANY = 0.25
HALF_WITHOUT_MONEY = 0.5
"""Who wanted the money and does not get it often calls the case half solved at the best."""

# ── Giving money back (refund friction) ────────────────────────────────────────────────────────
MONEY_AT_STAKE = 0.45
"""Of the cases that could do without; with those about money alone, about half of all cases."""
AMOUNT, LEAST_AMOUNT = Length(74, 1.0), 4.0
TERM_DAYS = 14.0
TERM_DAYS_IN: Weights = {"airlines": 7}
CARD_SECTOR, CARD_TERM_DAYS = "credit-cards", 1.0
"""What the law gives for a cancelled flight, and for a payment that somebody else made."""
DECISIONS: Mapping[str, Ends] = {
    "granted": Ends(0.02, 0.95),
    "partial": Ends(0.03, 0.01),
    "refused": Ends(0.25, 0.005),
    "rightly": Ends(0.01, 0.03),
    "never": Ends(0.69, 0.005),
}
PARTIAL_BETWEEN = 0.7
"""Half measures belong to middling companies here too."""
SHARE_GIVEN = (0.2, 0.8)
PAID_IN_TERMS, PAID_SPREAD = Ends(9, 0.3), 0.5
"""When the money is there: median, in terms."""
DECIDED_IN = Ends(0.85, 0.3)
"""The share of that time before the decision falls; a company that does not answer decides late."""
NEVER_PAID = Ends(0.7, 0.002)
FORMS: Mapping[str, Ends] = {
    "money": Ends(0.15, 0.985),
    "set-off": Ends(0.4, 0.01),
    "voucher": Ends(0.45, 0.005),
}
RETURN_ASKED = 0.4
ASKED_AGAIN, MOST_ASKED_AGAIN = Ends(2.2, 0.02), 3
DAYS_UNTIL_ASKED_AGAIN = Length(9, 0.5)
DAYS_UNTIL_MONEY_MATTER = Length(1, 0.7)
CHARGED, DAYS_UNTIL_NOTICED = Ends(0.65, 0.2), Length(1.5, 0.8)
"""The share of money cases that begin with a charge."""
CHARGE_KINDS: Mapping[str, Ends] = {
    "unjustified": Ends(0.93, 0.02),
    "unwarned": Ends(0.06, 0.03),
    "fair": Ends(0.01, 0.95),
}
CHARGED_BACK, HOURS_UNTIL_CHARGED_BACK = Ends(0.4, 0.0), Length(60, 0.5)
ESCALATED, ESCALATED_WITHOUT_MONEY = Ends(0.55, 0.003), Ends(0.15, 0.002)
HOURS_UNTIL_ESCALATED = Length(50, 0.6)
ESCALATED_TO: Weights = {
    "disputes-body": 40, "ombudsman": 20, "regulator": 18, "media": 15, "court": 7,
}  # fmt: skip
RULED, DAYS_UNTIL_RULING = 0.5, Length(60, 0.5)
RULINGS: Weights = {"customer": 60, "settled": 25, "company": 15}

# ── Round the edges ────────────────────────────────────────────────────────────────────────────
SURVEYED = 0.25
GESTURES, GESTURE_IN_MONEY, GESTURE_AMOUNTS = Ends(0.02, 0.12), 0.5, (5, 10, 15, 20, 25)
ABOUT_PRODUCT = 0.15
FIRST_CHANNELS: Weights = {
    "phone": 27, "email": 23, "chat": 14, "form": 12, "app": 7, "portal": 5, "social": 5,
    "letter": 3, "in-person": 2.5, "sms": 1.5,
}  # fmt: skip
FIRST_CHANNELS_IN: Mapping[str, Weights] = {
    "public-bodies": {
        "phone": 30, "letter": 20, "portal": 20, "form": 15, "email": 10, "in-person": 5,
    },
    "pharmacies": {"in-person": 35, "phone": 40, "email": 10, "app": 15},
    "supermarkets": {"in-person": 30, "app": 20, "phone": 15, "form": 15, "email": 15, "social": 5},
}  # fmt: skip
IN_OPENING_HOURS = frozenset({"phone", "in-person", "chat"})
BUSY_CHANNELS: Weights = {"phone": 70, "chat": 15, "portal": 8, "in-person": 4, "app": 3}
BUSY_AT_NIGHT: Weights = {"portal": 60, "app": 40}
"""Where one can fail to get through; a letter always arrives."""

# ── What the contributor tells ─────────────────────────────────────────────────────────────────
COARSE: Mapping[str, Ends] = {
    "minute": Ends(0.05, 0.9),
    "day": Ends(0.65, 0.1),
    "month": Ends(0.22, 0.0),
    "none": Ends(0.08, 0.0),
}
"""How exactly a time is told, by diligence."""
TOLD_DETAIL = Ends(0.45, 0.98)
"""Who replied, in what tone, whether in full, whether warned: each is told or left out."""
TOLD_BROKEN = 0.4
"""Of the promises not kept, the share of which that is said in so many words."""
TOLD_EFFORT, TOLD_NOTE = Ends(0.35, 0.9), Ends(0.04, 0.3)
EFFORT_AT_WORST, EFFORT_AT_BEST, EFFORT_DEVIATION = 5.2, 1.2, 0.8
"""The customer's own answer, 1…5, with the standard deviation of one answer."""
EVIDENCE: Mapping[str, Ends] = {
    "none": Ends(0.45, 0.01),
    "described": Ends(0.45, 0.29),
    "redacted": Ends(0.08, 0.5),
    "public": Ends(0.02, 0.2),
}
SOURCES: Weights = {"first-hand": 93, "published": 4, "register": 3}
DAYS_UNTIL_WRITTEN = Length(6, 1.0)
STATUSES: Weights = {"published": 93, "disputed": 2.5, "corrected": 3, "withdrawn": 1.5}
COMPANY_ASKED, COMPANY_REPLIES = 0.2, Ends(0.15, 0.9)
"""Companies that answer customers also answer the site."""
DAYS_UNTIL_COMPANY_ASKED, DAYS_UNTIL_COMPANY_REPLIES = Length(9, 0.6), Length(12, 0.6)

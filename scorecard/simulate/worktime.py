"""When people act: companies mostly in working hours, customers when they are awake."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from scorecard.simulate.chance import chance

OPENS, CLOSES = 9, 17
"""The working day of every invented company, Monday to Friday, local time."""
HOURS_A_DAY = CLOSES - OPENS
OVERTIME = 0.04
"""The share of what companies do that somebody does in the evening."""


def open_at(moment: datetime) -> bool:
    """Do companies work at this moment?"""
    return moment.weekday() < 5 and OPENS <= moment.hour < CLOSES


def next_opening(moment: datetime) -> datetime:
    """The moment itself in working hours, else when they begin again."""
    if open_at(moment):
        return moment
    day = moment.date()
    if moment.hour >= OPENS or day.weekday() >= 5:
        day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(OPENS))


def after_working_hours(start: datetime, hours: float) -> datetime:
    """The moment when this many working hours have gone by since `start`, to the minute."""
    moment = next_opening(start)
    worked = (moment - moment.replace(hour=OPENS, minute=0)).total_seconds() / 3600
    weekday, total = moment.weekday(), worked + hours
    days, left = divmod(total, HOURS_A_DAY)
    weeks, weekday = divmod(weekday + int(days), 5)
    monday = moment.date() - timedelta(days=moment.weekday())
    day = monday + timedelta(weeks=weeks, days=weekday)
    return datetime.combine(day, time(OPENS)) + timedelta(minutes=round(left * 60))


def company_acts(rng: Random, start: datetime, hours: float) -> datetime:
    """When a company does what takes it this many working hours; now and then in the evening.

    An evening lies after the working hours of the same day, so that no more of them go by.
    """
    moment = after_working_hours(start, hours)
    if hours > HOURS_A_DAY and chance(rng, OVERTIME):
        evening = moment.replace(hour=CLOSES, minute=0)
        return evening + timedelta(minutes=15 + int(rng.random() * 240))
    return moment


def customer_acts(rng: Random, moment: datetime, *, in_opening_hours: bool) -> datetime:
    """When a customer gets round to what could be done from `moment` on, to the minute."""
    if in_opening_hours:
        opening = next_opening(moment)
        if opening == moment:
            return moment + timedelta(minutes=1 + int(rng.random() * 20))
        return opening + timedelta(minutes=int(rng.random() * 300))
    if moment.hour < 7:
        moment = moment.replace(hour=7, minute=30)
    elif moment.hour >= 22:
        moment = datetime.combine(moment.date() + timedelta(days=1), time(8))
    return moment + timedelta(minutes=1 + int(rng.random() * 60))


def some_moment(rng: Random, day: date, *, in_opening_hours: bool) -> datetime:
    """A moment of that day at which a customer may begin; on the next working day if it must be."""
    if in_opening_hours:
        opening = next_opening(datetime.combine(day, time(OPENS)))
        return opening + timedelta(minutes=int(rng.random() * (HOURS_A_DAY - 1) * 60))
    return datetime.combine(day, time(7, 30)) + timedelta(minutes=int(rng.random() * 14 * 60))

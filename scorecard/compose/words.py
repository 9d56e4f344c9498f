"""Words and figures in one language. The only code that turns values into text for people."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from scorecard.judge.finding import Reason
from scorecard.places import CATALOGUES
from scorecard.rounding import POINTS, rounded
from scorecard.rubric import WORKING_DAY, in_language
from scorecard.score.ranks import Rank
from scorecard.score.weights import DAYS_A_MONTH
from scorecard.values import Duration, Money, Time


@cache
def words_in(language: str) -> Words:
    """The words of a language; English where there is no catalogue for it."""
    return Words(language, _translations(language))


def translated() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in CATALOGUES.iterdir() if path.is_dir())


def say_in(text: Reason, language: str) -> str:
    """A sentence in a language that need not be the page's."""
    return words_in(language).say(text)


def spoken(first: str) -> list[str]:
    """All languages that there are words for, this one first."""
    return [first, *(one for one in ("en", *translated()) if one != first)]


def _translations(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=16384)
def _decimal(value: float, pattern: str, language: str) -> str:
    return str(format_decimal(value, pattern, locale=language)).replace("-", "−")


@lru_cache(maxsize=1024)
def _percent(share: float, language: str) -> str:
    return str(format_percent(share, "0%", locale=language))


@lru_cache(maxsize=16384)
def _date(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=language))


def _english(place: int) -> str:
    teens = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def _dutch(place: int) -> str:
    return f"{place}e"


def _ordinal(place: int) -> str:
    """With a full stop, as most languages of Europe write it."""
    return f"{place}."


_ORDINALS: Mapping[str, Callable[[int], str]] = {"en": _english, "nl": _dutch}


class Words:
    """Sentences, numbers, dates and money as one language writes them."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self._code = str(self.locale)
        self.translations = translations

    @property
    def territory(self) -> str:
        """The language with the country that it is first thought to be of: en_US, nl_NL."""
        language = self.locale.language
        likely = str(get_global("likely_subtags").get(language, language)).rpartition("_")[2]
        return f"{language}_{self.locale.territory or likely}"

    def say(self, text: Reason | Mapping[str, str] | str) -> str:
        """A sentence in this language; a plain text is somebody's own and stays as it is."""
        if isinstance(text, str):
            return text
        if not isinstance(text, Reason):
            return in_language(text, self.language)
        template = self.template(text)
        if not text.values:
            return template
        return template.format_map({k: self.value(k, v) for k, v in text.values.items()})

    def template(self, text: Reason) -> str:
        """The sentence of a reason in this language, before its values are filled in."""
        if text.plural is None:
            return self.translations.gettext(text.text)
        count = text.values["n"]
        if not isinstance(count, int):
            raise TypeError(f"'{text.text}' counts by '{count}'")
        return self.translations.ngettext(text.text, text.plural, count)

    def value(self, name: str, value: Any) -> str:
        """A value in a sentence; its name tells its unit."""
        if isinstance(value, (Reason, Mapping)):
            return self.say(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Time):
            return self.time(value)
        if isinstance(value, Duration):
            return self.duration(value)
        if isinstance(value, date):
            return self.month(value) if name.startswith("month") else self.day(value)
        if isinstance(value, str):
            return value
        if name.startswith("rank"):
            return self.ordinal(value)
        if name.endswith("_hours"):
            return self.working_time(value)
        if name.endswith("_days"):
            return self.days(value)
        if name.startswith("elapsed"):
            return self.elapsed(value)
        if name.startswith("ces"):
            return self.number(value, 1)
        if name.startswith("percent"):
            return self.percent(value)
        if isinstance(value, float):
            return self.score(value)
        return self.number(value)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with its thousands; at most so many decimals."""
        return self._decimal(value, "#,##0." + "#" * digits if digits else "#,##0")

    def score(self, points: float) -> str:
        """Points with one decimal, never a false 0 or 100.

        They are rounded as they are published first: a page and a citation of its data say the same.
        """
        return self._decimal(rounded(rounded(points, POINTS), 1), "0.0")

    def share(self, value: float) -> str:
        """A finding's value, 0…1, with two decimals, never a false 0 or 1."""
        return self._decimal(rounded(value, 2, top=1), "0.##")

    def _decimal(self, value: float, pattern: str) -> str:
        return _decimal(value, pattern, self._code)

    def _date(self, day: date, pattern: str) -> str:
        return _date(day, pattern, self._code)

    def percent(self, share: float) -> str:
        """A share, 0…1, as a whole percentage, never a false 0 or 100."""
        return _percent(rounded(share, 2, top=1), self._code)

    def figure(self, value: float | str | None, unit: str) -> str:
        """A published figure, as exact as a page shows it; a dash where there is none."""
        if value is None or isinstance(value, str):
            return value or "–"
        if unit == "points":
            return self.score(value)
        if unit == "share":
            return self.percent(value)
        if unit == "working-hours":
            return self.working_time(value)
        if unit == "days":
            return self.days(value)
        return self.number(value, 1 if unit == "ces" else 0)

    def money(self, money: Money) -> str:
        """An amount with its currency."""
        return str(format_currency(money.amount, money.currency, locale=self.locale))

    def working_time(self, hours: float) -> str:
        """Working hours; less than one in minutes, from two days on in working days."""
        minutes = max(1, round(hours * 60))
        if minutes < 60:
            text = self.translations.ngettext("{n} working minute", "{n} working minutes", minutes)
            return text.format(n=minutes)
        if hours < 2 * WORKING_DAY:
            n = self.number(hours, 1)
            text = self.translations.ngettext(
                "{n} working hour", "{n} working hours", 1 if hours == 1 else 2
            )
        else:
            days = hours / WORKING_DAY
            n = self.number(days, 0 if days >= 10 else 1)
            text = self.translations.gettext("{n} working days")
        return text.format(n=n)

    def days(self, days: float) -> str:
        """Calendar days, whole."""
        whole = int(days)
        return self.translations.ngettext("{n} day", "{n} days", whole).format(n=self.number(whole))

    def elapsed(self, days: float) -> str:
        """Time that passed, in the unit that says it best: from minutes to years."""
        ngettext = self.translations.ngettext
        minutes = round(days * 1440)
        if minutes < 60:
            return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        if days < 2:
            hours = int(days * 24)
            return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
        if days < 100:
            return self.days(days)
        months = int(days / DAYS_A_MONTH)
        if months < 24:
            return ngettext("{n} month", "{n} months", months).format(n=months)
        years = days / (12 * DAYS_A_MONTH)
        return self.translations.gettext("{n} years").format(n=self.number(years, 1))

    def duration(self, duration: Duration) -> str:
        """A duration in its own unit."""
        count, ngettext = duration.count, self.translations.ngettext
        n = 1 if count == 1 else 2
        words = {
            "min": ngettext("{n} minute", "{n} minutes", n),
            "h": ngettext("{n} hour", "{n} hours", n),
            "days": ngettext("{n} day", "{n} days", n),
            "working days": ngettext("{n} working day", "{n} working days", n),
            "weeks": ngettext("{n} week", "{n} weeks", n),
            "months": ngettext("{n} month", "{n} months", n),
        }
        return words[duration.unit].format(n=self.number(float(count), 2))

    def tongue(self, language: str) -> str:
        """The name of a language."""
        return str(Locale.parse(language, sep="-").get_language_name(self.locale))

    def day(self, day: date) -> str:
        """A date, long."""
        return self._date(day, "long")

    def day_after_year(self, day: date) -> str:
        """A date as lists of references have it: the year, and then the day."""
        pattern = "y, MMMM d" if self.locale.language == "en" else "y, d MMMM"
        return self._date(day, pattern)

    def month(self, day: date) -> str:
        """The month of a date, long."""
        return self._date(day, "MMMM y")

    def short_month(self, day: date) -> str:
        """The month of a date, as short as an axis needs it."""
        return self._date(day, "MMM y")

    def month_name(self, number: int) -> str:
        """A month of the year, 1 to 12, by its name."""
        return self._date(date(2000, number, 1), "LLLL")

    def ordinal(self, place: int) -> str:
        """A place in an order: 1st, 1e, 1."""
        return _ORDINALS.get(self.locale.language, _ordinal)(place)

    def rank(self, rank: Rank) -> str:
        """The best place and the worst; one where they are the same."""
        best, worst = self.ordinal(rank.best), self.ordinal(rank.worst)
        return best if rank.best == rank.worst else f"{best}–{worst}"

    def time(self, time: Time) -> str:
        """A time as exact as it is known."""
        first: datetime = time.first
        if time.exact:
            return f"{self.day(first.date())}, {first:%H:%M}"
        if not time.coarse:
            return self.day(first.date())
        month = (time.last - time.first).days < 32
        return self._date(first.date(), "MMMM y" if month else "y")

"""Invented personal data as people write it, and ordinary texts that only look a little like it.

Made from how the numbers are given out, not from how the detector looks for them. E-mail stands at example
domains only; every number is drawn by chance, and none was taken from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

Maker = Callable[[Random], str]

_STORIES = [
    "Ik heb {} doorgegeven aan de helpdesk en toen niets meer gehoord.",
    "Na 25 minuten wachtrij vroeg een medewerker om {}, voor de derde keer.",
    "Op 12 maart 2024 stuurden ze alles naar {} in plaats van naar mij.",
    "They asked for {} again, two weeks after the first call.",
    "The letter of 5 June 2023 named {} and an amount of €1.234,56.",
    "Zij hebben {} (zo stond het er), maar de storing van 14:30 bleef.",
    "I repeated {}. Nothing happened until the 3rd reminder.",
    "Volgens de chat was het {}; dat klopte ook.",
]


def told(random: Random, piece: str) -> str:
    """The piece within a sentence of a story."""
    return random.choice(_STORIES).format(piece)


def _digits(random: Random, count: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(count))


def _letters(random: Random, count: int) -> str:
    return "".join(random.choice("ABCDEFGHJKLMNPRSTVWXZ") for _ in range(count))


# ── Accounts ───────────────────────────────────────────────────────────────────────────────────


def _belgian(random: Random) -> str:
    first = random.randrange(1, 10**10)
    return f"{first:010}{first % 97 or 97:02}"


_BASIC: dict[str, Maker] = {
    "NL": lambda r: _letters(r, 4) + _digits(r, 10),
    "BE": _belgian,
    "DE": lambda r: _digits(r, 18),
    "GB": lambda r: _letters(r, 4) + _digits(r, 14),
    "AT": lambda r: _digits(r, 16),
    "LU": lambda r: _digits(r, 3) + _letters(r, 2) + _digits(r, 11),
    "IE": lambda r: _letters(r, 4) + _digits(r, 14),
    "DK": lambda r: _digits(r, 14),
}


def iban(random: Random) -> str:
    """An account with its check digits, in one of the ways people write it."""
    country = random.choices(list(_BASIC), [12, 3, 2, 1, 1, 1, 1, 1])[0]
    basic = _BASIC[country](random)
    as_number = int("".join(str(int(c, 36)) for c in f"{basic}{country}00"))
    whole = f"{country}{98 - as_number % 97:02}{basic}"
    fours = [whole[i : i + 4] for i in range(0, len(whole), 4)]
    return random.choice(
        [
            whole,
            whole.lower(),
            " ".join(fours),
            " ".join(fours).lower(),
            "-".join(fours),
            ".".join(fours),
            f"{whole[:2]} {whole[2:4]} {whole[4:8]} {whole[8:]}",
            f"IBAN:{whole}",
            f"IBAN {' '.join(fours)}",
            f"({whole})",
            f"{whole}.",
        ]
    )


# ── Citizen numbers ────────────────────────────────────────────────────────────────────────────


def citizen_number(random: Random) -> str:
    """Nine digits of which the eleven-test is right: 9a + 8b + … + 2h − i."""
    while True:
        first = [random.randrange(10) for _ in range(8)]
        rest = (
            sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
        )
        if rest < 10 and any(first[:2]):
            return "".join(map(str, first)) + str(rest)


def citizen(random: Random) -> str:
    """A citizen number beside a word that says what it is."""
    number = citizen_number(random)
    spelled = random.choice(
        [
            number,
            number,
            f"{number[:3]} {number[3:6]} {number[6:]}",
            f"{number[:4]}.{number[4:6]}.{number[6:]}",
            f"{number[:3]}.{number[3:6]}.{number[6:]}",
            f"{number[:4]} {number[4:6]} {number[6:]}",
            f"{number[:3]}-{number[3:6]}-{number[6:]}",
        ]
    )
    return random.choice(
        [
            "BSN {}",
            "bsn: {}",
            "mijn BSN is {}",
            "mijn burgerservicenummer {}",
            "burgerservicenummer ({})",
            "mijn burgerservicenummer, dat is {},",
            "mijn sofinummer {}",
            "BSN-nummer {}",
            "het BSN van mijn moeder, {},",
            "my citizen number {}",
            "my citizen service number: {}",
            "my BSN, which is {},",
            "{} (BSN)",
            "{} als BSN",
            "bsn nr. {}",
        ]
    ).format(spelled)


# ── E-mail ─────────────────────────────────────────────────────────────────────────────────────

_FIRST = [
    "jan",
    "j.de.vries",
    "m-bakker",
    "p_visser",
    "fatima.el",
    "sophie1987",
    "o'brien",
    "t",
    "zoë",
    "info",
]
_DOMAINS = [
    "example.nl",
    "example.com",
    "example.org",
    "mail.example.com",
    "a.b.example.net",
    "example.co.uk",
    "post-kantoor.example",
    "EXAMPLE.NL",
    "xn--bcher-kva.example",
    "example.amsterdam",
]


def email(random: Random) -> str:
    """An address, plain or within a link."""
    name = random.choice(_FIRST) + random.choice(["", "", "+winkel", "2", ".jr", "-werk", "_x"])
    address = f"{name}@{random.choice(_DOMAINS)}"
    return random.choice(
        [
            *["{}"] * 4,
            "<{}>",
            "({})",
            "e-mail:{}",
            "[mail mij](mailto:{})",
            "mailto:{}?subject=Klacht",
            "https://example.org/unsubscribe?email={}&list=2",
            "{}, mijn adres,",
            "'{}'",
            "*{}*",
        ]
    ).format(address)


# ── Phones ─────────────────────────────────────────────────────────────────────────────────────

_TOWNS = [
    "10",
    "13",
    "15",
    "20",
    "23",
    "24",
    "26",
    "30",
    "33",
    "35",
    "36",
    "38",
    "40",
    "43",
    "50",
    "53",
    "55",
    "58",
    "70",
    "71",
    "76",
    "78",
    "79",
]
_VILLAGES = [
    "111",
    "113",
    "162",
    "172",
    "180",
    "223",
    "227",
    "297",
    "299",
    "318",
    "341",
    "344",
    "411",
    "418",
    "492",
    "511",
    "523",
    "546",
    "571",
    "592",
]


def _line(random: Random, count: int) -> str:
    return str(random.randrange(2, 8)) + _digits(random, count - 1)


def dutch_mobile(random: Random) -> str:
    """A mobile number as people in the Netherlands write it."""
    n = str(random.choice([1, 2, 3, 4, 5])) + _digits(random, 7)
    pairs = f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
    return random.choice(
        [
            f"06{n}",
            f"06-{n}",
            f"06 {n}",
            f"06 {pairs}",
            f"06-{pairs}",
            f"06 - {n}",
            f"06.{n[:2]}.{n[2:4]}.{n[4:6]}.{n[6:]}",
            f"06-{pairs.replace(' ', '-')}",
            f"06 {n[:4]} {n[4:]}",
            f"06-{n[:4]} {n[4:]}",
            f"06 {n[:3]} {n[3:6]} {n[6:]}",
            f"+316{n}",
            f"+31 6 {n}",
            f"+31 6 {pairs}",
            f"+31 (0)6 {n}",
            f"+31(0)6-{n}",
            f"+31-6-{n}",
            f"+31 06 {n}",
            f"00316{n}",
            f"0031 6 {n}",
            f"0031-6-{n}",
            f"0031 (0)6 {pairs}",
            f"(06) {n}",
            f"(+31) 6 {n}",
            f"06/{n}",
            f"tel:+316{n}",
            f"[bel](tel:06{n})",
            f"tel.06{n}",
            f"https://wa.me/316{n}",
            f"Tel: 06-{n}.",
        ]
    )


def dutch_landline(random: Random) -> str:
    """A landline number in a town or a village."""
    area = random.choice(random.choice([_TOWNS, _VILLAGES]))
    n = _line(random, 9 - len(area))
    spaced = f"{n[:3]} {n[3:]}" if len(n) == 6 else f"{n[:3]} {n[3:5]} {n[5:]}"
    return random.choice(
        [
            f"0{area}{n}",
            f"0{area}-{n}",
            f"0{area} {n}",
            f"0{area} - {n}",
            f"(0{area}) {n}",
            f"0{area}-{spaced}",
            f"0{area} {spaced}",
            f"+31{area}{n}",
            f"+31 {area} {spaced}",
            f"+31 (0){area} {n}",
            f"+31 (0){area}-{spaced}",
            f"0031{area}{n}",
            f"0031 {area} {spaced}",
            f"0{area}/{n}",
            f"(0{area}){n}",
            f"tel:+31-{area}-{n}",
        ]
    )


def foreign(random: Random) -> str:
    """A Belgian or German number with its country, or a Belgian or German one as at home, said to be one."""
    mobile = f"4{random.choice('789')}{_line(random, 7)}"
    antwerp = f"3{_line(random, 7)}"
    german = f"1{random.choice(['51', '60', '71', '75'])}{_digits(random, 8)}"
    berlin = f"30{_line(random, 8)}"
    return random.choice(
        [
            f"+32{mobile}",
            f"+32 {mobile[:3]} {mobile[3:5]} {mobile[5:7]} {mobile[7:]}",
            f"0032 {mobile}",
            f"+32 (0){mobile[:3]} {mobile[3:]}",
            f"+32 3 {antwerp[1:4]} {antwerp[4:6]} {antwerp[6:]}",
            f"0032{antwerp}",
            f"+49{german}",
            f"+49 {german[:3]} {german[3:]}",
            f"0049 {german[:3]} {german[3:]}",
            f"+49 (0)30 {berlin[2:]}",
            f"+49 30 {berlin[2:6]} {berlin[6:]}",
            f"0049{berlin}",
            f"gsm 0{mobile[:3]} {mobile[3:5]} {mobile[5:7]} {mobile[7:]}",
            f"gsm 0{mobile[:3]}/{mobile[3:5]}.{mobile[5:7]}.{mobile[7:]}",
            f"telefoon 0{german[:3]} {german[3:]}",
            f"tel. 0{berlin[:2]} {berlin[2:]}",
        ]
    )


def phone(random: Random) -> str:
    """A phone number of any kind."""
    return random.choice([dutch_mobile, dutch_mobile, dutch_landline, dutch_landline, foreign])(
        random
    )


# ── Addresses ──────────────────────────────────────────────────────────────────────────────────


def address(random: Random) -> str:
    """A Dutch postcode with its house number, in either order."""
    while (letters := random.choice("ABCDEGHJKLPRSTVWXZ") + random.choice("BCDGHJKLPRTVWXZ")) in {
        "CD",
        "PK",
        "EK",
        "TB",
        "PB",
        "GB",
        "KB",
        "KG",
        "TV",
        "BV",
        "PC",
        "SS",
        "SD",
        "HZ",
        "AH",
        "RD",
        "PX",
    }:
        pass
    code = f"{random.randrange(1011, 9999)}{random.choice(['', ' '])}{letters}"
    number = f"{random.randrange(1, 400)}{random.choice(['', '', 'a', '-2', ' B', ' hs'])}"
    return random.choice(
        [
            f"{code} {number}",
            f"{code}, {number}",
            f"{code} nr. {number}",
            f"{code}-{number}",
            f"postcode {code}, huisnummer {number}",
            f"{number}, {code} Utrecht",
            f"nummer {number}, {code}",
            f"postcode: {code} en huisnummer {number}",
            f"postal code {code}, house number {number}",
        ]
    )


# ── Coded forms ────────────────────────────────────────────────────────────────────────────────


def coded(random: Random, text: str) -> str:
    """The text in a form that hides it from a plain search, and that a browser or an eye undoes."""
    return random.choice(
        [_entities, _full_width, _zero_width, _percent, _odd_spaces, _other_digits]
    )(random, text)


def _entities(random: Random, text: str) -> str:
    named = {
        "@": ["&#64;", "&#x40;", "&commat;", "&#064;", "&#X40;", "&amp;#64;"],
        ".": [".", "&period;", "&#46;"],
    }
    return "".join(
        random.choice(named[c])
        if c in named
        else f"&#{ord(c)};"
        if c.isdigit() and random.random() < 0.5
        else c
        for c in text
    )


def _full_width(_: Random, text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c in "@+" else c for c in text)


def _zero_width(random: Random, text: str) -> str:
    unseen = ["\u200b", "\u00ad", "\u200d", "\u2060", "\u200e", "\ufeff", "\u202d"]
    return "".join(c + (random.choice(unseen) if random.random() < 0.4 else "") for c in text)


def _percent(_: Random, text: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in "@+ " or c.isdigit() else c for c in text)


def _odd_spaces(_: Random, text: str) -> str:
    return text.replace(" ", "\u00a0").replace("-", "\u2011").replace("@", "\uff20")


def _other_digits(random: Random, text: str) -> str:
    zero = random.choice([0x1D7CE, 0x1D7E2, 0x0660])
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text)


# ── Ordinary texts ─────────────────────────────────────────────────────────────────────────────

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def _date(random: Random) -> str:
    d, m, y = random.randrange(1, 29), random.randrange(1, 13), random.randrange(1998, 2027)
    return random.choice(
        [
            f"{d}-{m}-{y}",
            f"{d:02}-{m:02}-{y}",
            f"{y}-{m:02}-{d:02}",
            f"{d:02}/{m:02}/{y}",
            f"{m:02}/{d:02}/{y}",
            f"{d}.{m}.{y}",
            f"{d} {_MONTHS[m - 1]} {y}",
            f"{d:02}-{m:02}-{y % 100:02}",
            f"{y}{m:02}{d:02}",
            f"{d:02} {m:02} {y}",
            f"{y}/{m:02}/{d:02}",
            f"{y}-{m:02}-{d:02} {random.randrange(24):02}:{random.randrange(60):02}",
            f"{d:02}-{m:02}-{y} {random.randrange(24):02}.{random.randrange(60):02} uur",
            f"June {d}, {y}",
            f"{d}th of May {y}",
            f"{y}-{m:02}-{d:02}T{random.randrange(24):02}:15:00+02:00",
        ]
    )


def _amount(random: Random) -> str:
    n, c = random.randrange(1, 9_999_999), random.randrange(100)
    dots, commas = f"{n:,}".replace(",", "."), f"{n:,}"
    return random.choice(
        [
            f"€{dots},{c:02}",
            f"€ {dots},-",
            f"{dots} euro",
            f"{commas}.{c:02} EUR",
            f"{n},{c:02} euro",
            f"EUR {n}",
            f"${commas}.{c:02}",
            f"0,{c:02} cent",
            f"{c},5%",
            f"{c}%",
        ]
    )


def _code(random: Random) -> str:
    n = random.randrange
    return random.choice(
        [
            f"vlucht KL{n(100, 9999)}",
            f"trein {n(500, 15000)}",
            f"de Fritzbox {n(4000, 7999)}",
            f"een iPhone {n(4, 17)}",
            f"een WH-{n(1000, 9999)}XM{n(1, 6)}",
            f"model UE{n(32, 85)}AU{n(7000, 9999)}",
            f"versie {n(1, 20)}.{n(20)}.{n(99999)}.{n(3000)}",
            f"zending 3S{_letters(random, 4)}{_digits(random, 9)}",
            f"een code van {_digits(random, 14)}",
            f"pakket {n(1, 9)}{_digits(random, 13)}",
            f"ISBN 978-90-{n(10, 99)}-{n(10000, 99999)}-{n(10)}",
            f"ISBN 97890{_digits(random, 8)}",
            f"{n(100000, 999999)} punten",
            f"kanaal {n(1, 999)}",
            f"bus {n(1, 400)}",
            f"artikel {n(1, 9)}:{n(1, 400)} BW",
            f"ECLI:NL:RBAMS:{n(2000, 2026)}:{n(1, 9999)}",
            f"zaak C-{n(1, 900)}/{n(10, 26)}",
            f"EAN 87{_digits(random, 11)}",
            f"serie {n(1, 9)} aflevering {n(1, 24)}",
            f"{n(1, 24)}/7",
            f"{n(10, 99)} x {n(10, 999)}",
            f"foutcode 0x{n(2**31):08X}",
            f"{n(2, 900)} Mbit/s",
            f"192.168.{n(255)}.{n(1, 255)}",
            f"een {n(2, 8)}K-scherm van 1920x1080",
            f"0900-{n(1000, 9999)}",
            f"{n(1000, 9999)} GB",
            f"{n(2, 2000)} MB {n(2, 9)} keer",
            f"A{n(1, 99)} bij afrit {n(1, 40)}",
            f"3,{n(10, 99)} sterren uit {n(100, 90000)} reacties",
            f"de jaren {n(1990, 2005)}-{n(2006, 2026)}",
        ]
    )


def _wait(random: Random) -> str:
    n = random.randrange
    return random.choice(
        [
            f"wachtrij {n(2, 90)} minuten",
            f"{n(2, 30)} keer gebeld tussen {n(8, 12)}:{n(10, 59)} en {n(13, 22)}:{n(10, 59)}",
            f"na {n(2, 60)} werkdagen",
            f"{n(2, 9)} of {n(10, 12)} weken",
            f"plaats {n(2, 300)} in de rij",
            f"{n(2, 50)} calls in {n(2, 30)} days",
            f"binnen {n(24, 72)} uur",
            f"onderweg {n(2, 20)} uur vertraging",
            f"Onderweg {n(2, 20)} minuten stilgestaan",
            f"een mail aan de klantenservice en {n(2, 9)} chats",
            f"for {n(2, 90)} minutes on hold",
            f"in Utrecht en Den Haag, {n(2, 9)} winkels",
            f"de winkel in de Kalverstraat {n(2, 9)} keer bezocht",
            f"om {n(8, 20)} uur {n(10, 59)}",
            f"het klantnummer was weg, al {n(2, 9)} jaar",
            f"order van {n(2, 40)} stuks",
        ]
    )


_KINDS: Sequence[Maker] = (_date, _date, _amount, _amount, _code, _code, _wait)
_FRAMES = [
    "Op {} belde ik; het ging over {} en {}.",
    "{} – {}, en daarna nog {}.",
    "It was {} when they wrote about {} ({}).",
    "Eerst {}, toen {}, ten slotte {}.",
    "Mijn vraag van {} over {} bleef liggen. {} was het antwoord.",
    "Bestelling van {}: {}; zie {}",
]


def ordinary(random: Random) -> str:
    """Sentences of a story with dates, amounts, times, codes and counts, and nobody's data."""
    return random.choice(_FRAMES).format(*(random.choice(_KINDS)(random) for _ in range(3)))

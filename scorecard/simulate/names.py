"""Names of companies that plainly do not exist: pronounceable, and each says that it is invented."""

from __future__ import annotations

import re
from random import Random

from scorecard.simulate.chance import chance, pick

_STARTS = (
    "Al", "Am", "Ar", "Bel", "Bor", "Bran", "Cal", "Cor", "Dal", "Dor", "El", "Em", "Fal", "Fen",
    "Gal", "Gor", "Hal", "Hel", "Il", "Jor", "Kal", "Kes", "Lan", "Lor", "Mar", "Mel", "Nar",
    "Nim", "Ol", "Or", "Pel", "Quil", "Ral", "Ros", "Sal", "Sel", "Tam", "Tor", "Ul", "Var",
    "Vel", "Wil", "Yar", "Zan", "Zel",
)  # fmt: skip
_MIDDLES = (
    "", "a", "i", "o", "ba", "da", "de", "di", "ga", "la", "le", "li", "lo", "ma", "mi", "mo",
    "na", "ne", "no", "ra", "ri", "ro", "sa", "ta", "ti", "va", "ve", "vi",
)  # fmt: skip
_ENDS = (
    "bel", "brook", "dane", "del", "dora", "dric", "fen", "field", "gard", "gate", "horn", "leth",
    "light", "lin", "lund", "mere", "mond", "more", "nel", "nor", "rack", "rin", "ston",
    "thwaite", "vane", "veld", "wick", "wyn", "zand",
)  # fmt: skip
_KINDS = {
    "telecom": ("Telecom", "Mobile", "Net", "Fibre", "Glasvezel", "Internet"),
    "supermarkets": ("Market", "Foods", "Grocers", "Buurtmarkt", "Kruideniers"),
    "public-bodies": ("Tax Office", "Council", "Licence Agency", "Gemeente", "Dienst"),
    "airlines": ("Air", "Airways", "Wings", "Luchtlijnen", "Fly"),
    "credit-cards": ("Card", "Credit", "Pay", "Kaart"),
    "pharmacies": ("Pharmacy", "Apotheek", "Health", "Medicines"),
    "brokers": ("Invest", "Brokers", "Beleggen", "Trade"),
    "shops": ("Store", "Home", "Wonen", "Outlet", "Warenhuis", "Fashion"),
    "software": ("Software", "Cloud", "Apps", "Systems"),
    "food-and-drink": ("Kitchen", "Coffee", "Bakery", "Maaltijden", "Brewery"),
}
_DUTCH = (
    "Glasvezel", "Buurtmarkt", "Kruideniers", "Gemeente", "Dienst", "Luchtlijnen", "Kaart", "Apotheek",
    "Beleggen", "Wonen", "Warenhuis", "Maaltijden",
)  # fmt: skip


def invent_name(rng: Random, sector: str) -> tuple[str, str]:
    """A company's name and its slug, which starts with `invented-`; both may have been drawn before."""
    fancy = pick(rng, _STARTS) + pick(rng, _MIDDLES) + pick(rng, _ENDS)
    kind = pick(rng, _KINDS.get(sector, ("Service",)))
    if kind in _DUTCH:
        name = f"Verzonnen {kind} {fancy}" if chance(rng, 0.5) else f"{fancy} {kind} (verzonnen)"
    elif chance(rng, 0.6):
        name = f"Invented {fancy} {kind}"
    else:
        name = f"{fancy} {kind} (invented)"
    own = re.sub(r"[^a-z0-9]+", "-", f"{fancy} {kind}".lower())
    return name, f"invented-{own}"

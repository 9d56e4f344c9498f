"""The stages of one build, one after the other in one process: `python -m benchmarks.stages CONTENT OUT`.

The build is the real one. Around the functions below stands a clock; while one of them calls another,
only the inner one's clock runs. What no clock sees is told as `other`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from inspect import isgenerator
from pathlib import Path
from time import perf_counter
from typing import Any

from scorecard.settings import Settings

_TIMED = {
    "load": ["scorecard.pipeline:load"],
    "judge": ["scorecard.score.scorecard:judge_all"],
    "score": [
        "scorecard.score.scorecard:weigh_all",
        "scorecard.score.scorecard:stand_all",
        "scorecard.score.scorecard:look_into_all",
    ],
    "trend": ["scorecard.score.scorecard:trend_all"],
    "compose": ["scorecard.publish.files:pages"],
    "render": [
        "scorecard.publish.files:Shards.rendered",
        "scorecard.publish.files:Shards.search_page",
    ],
    "pictures": ["scorecard.render.pictures:png"],
    "exports": ["scorecard.publish.files:exports", "scorecard.publish.files:downloads"],
    "search": [
        "scorecard.publish.search_index:SearchIndex.add",
        "scorecard.publish.search_index:SearchIndex.make",
        "scorecard.publish.search_index:SearchIndex.files",
    ],
    "write": ["scorecard.publish.folder:_publish", "scorecard.publish.folder:_clear"],
}
"""What each stage calls, by the names under which it is called."""
STAGES = [*_TIMED, "other"]


class Clock:
    """Seconds of each stage; of nested ones the innermost is on."""

    def __init__(self) -> None:
        self._on = ["other"]
        self.start()

    def start(self) -> None:
        """Begins at nothing."""
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._since = perf_counter()

    def switch(self) -> None:
        """Gives the time since the last switch to the stage that is on."""
        now = perf_counter()
        self.seconds[self._on[-1]] += now - self._since
        self._since = now

    def within(self, stage: str, call: Callable[[], Any]) -> Any:
        """What the call gives; its time goes to the stage."""
        self.switch()
        self._on.append(stage)
        try:
            return call()
        finally:
            self.switch()
            self._on.pop()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with the clock around it; where it is a generator, around each of its steps."""

        @wraps(function)
        def clocked(*given: Any, **named: Any) -> Any:
            made = self.within(stage, lambda: function(*given, **named))
            return self._stepwise(stage, made) if isgenerator(made) else made

        return clocked

    def _stepwise(self, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (step := self.within(stage, lambda: next(steps, end))) is not end:
            yield step


def measure(settings: Settings) -> dict[str, float]:
    """Builds, and tells the seconds of each stage."""
    clock = Clock()
    for stage, places in _TIMED.items():
        for place in places:
            module, _, name = place.partition(":")
            *owners, own = name.split(".")
            owner = import_module(module)
            for one in owners:
                owner = getattr(owner, one)
            setattr(owner, own, clock.timed(stage, getattr(owner, own)))
    from scorecard.pipeline import build

    clock.start()
    build(settings)
    clock.switch()
    return clock.seconds


if __name__ == "__main__":
    content, out = map(Path, sys.argv[1:])
    print(json.dumps(measure(Settings(content, out))))

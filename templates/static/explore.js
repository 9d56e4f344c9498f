// 'Explore' opens a chart's own page in its place; without script it is a plain link to it.
"use strict";
for (const figure of document.querySelectorAll("figure.chart")) {
  const link = figure.querySelector("a.explore");
  const picture = figure.querySelector(".picture");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = `${picture.dataset.explore}#embed`;
    frame.title = figure.querySelector("figcaption").textContent.trim();
    picture.replaceChildren(frame);
    link.remove();
  });
}

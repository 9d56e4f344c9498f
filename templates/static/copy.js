// A button beside each text that is there to be copied; without script the text can be selected.
"use strict";
for (const box of document.querySelectorAll(".copy")) {
  const text = box.querySelector("code");
  const button = box.querySelector("button");
  const told = box.querySelector("[role=status]");
  let timer;
  const say = (words) => {
    told.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (told.textContent = ""), 4000);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      say(box.dataset.done);
    } catch {
      // No clipboard here (a page without https, or a browser that asks): the text stands selected, to be copied by hand.
      getSelection().selectAllChildren(text);
      say(box.dataset.selected);
    }
  });
}

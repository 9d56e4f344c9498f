// Draws the chart's Plotly figure over its picture, in the page's own colours.
"use strict";
const plot = document.querySelector(".plot");
if (location.hash === "#embed") document.documentElement.classList.add("embed");

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const TOKENS = { "#1f6f9f": "--good", "#9a6408": "--middling", "#a63a13": "--bad", "#77736a": "--neutral" };
const themed = (key, value) => (TOKENS[value] ? colour(TOKENS[value]) : value);

fetch(plot.dataset.figure)
  .then((response) => response.text())
  .then((text) => {
    const { data, layout } = JSON.parse(text, themed);
    const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line") };
    const drawn = {
      ...layout,
      height: plot.clientHeight,
      title: undefined,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colour("--ink"), family: "system-ui, sans-serif", size: 14 },
      xaxis: { ...axis, ...layout.xaxis },
      yaxis: { ...axis, ...layout.yaxis },
    };
    const picture = plot.querySelector("svg");
    const target = document.createElement("div");
    plot.append(target);
    // Its button to send a chart to its makers would lead off the site; on a phone its tools lie over the chart.
    const tools = plot.clientWidth < 600 ? false : "hover";
    const settings = { responsive: true, displaylogo: false, showSendToCloud: false, displayModeBar: tools };
    return Plotly.newPlot(target, data, drawn, settings).then(() => picture.remove());
  });

// Draws the chart's Plotly figure over its picture, in the page's own colours.
"use strict";
const plot = document.querySelector(".plot");
if (location.hash === "#embed") document.documentElement.classList.add("embed");

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

fetch(plot.dataset.figure)
  .then((response) => response.json())
  .then(({ data, layout }) => {
    const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line") };
    const themed = {
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
    // Its button to send a chart to its makers would lead off the site.
    const settings = { responsive: true, displaylogo: false, showSendToCloud: false };
    return Plotly.newPlot(target, data, themed, settings).then(() =>
      picture.remove(),
    );
  });

/* A chart is drawn for the width of the window; before it is printed, for that of the
   paper, since what lies beyond the edge would be cut. */
(function () {
  "use strict";

  var PAPER_WIDTH = 700; // A4 without the margins of 90-print.css

  function redraw(changes) {
    if (!window.Plotly) return;
    document.querySelectorAll("figure.graph .js-plotly-plot").forEach(function (chart) {
      window.Plotly.relayout(chart, changes);
    });
  }

  window.addEventListener("beforeprint", function () {
    redraw({ width: PAPER_WIDTH });
  });

  window.addEventListener("afterprint", function () {
    redraw({ width: null, autosize: true });
  });
})();

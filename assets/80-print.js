/* A chart is drawn for the width of the window; before it is printed, for that of the
   paper, since what lies beyond the edge would be cut. Rows folded away on the screen are
   part of the page on paper. */
(function () {
  "use strict";

  var PAPER_WIDTH = 700; // A4 without the margins of 90-print.css

  function redraw(changes) {
    if (!window.Plotly) return;
    document.querySelectorAll("figure.graph .js-plotly-plot").forEach(function (chart) {
      window.Plotly.relayout(chart, changes);
    });
  }

  var opened = [];

  window.addEventListener("beforeprint", function () {
    redraw({ width: PAPER_WIDTH });
    opened = Array.from(document.querySelectorAll("details.fold:not([open])"));
    opened.forEach(function (one) {
      one.open = true;
    });
  });

  window.addEventListener("afterprint", function () {
    redraw({ width: null, autosize: true });
    opened.forEach(function (one) {
      one.open = false;
    });
  });
})();

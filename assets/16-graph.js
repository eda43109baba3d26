/* Draws charts (app/web/graph.py) with plotly, which comes with the first of them.

   When a page is exchanged, Dash takes its chart away and makes another. The drawing
   moves from the one to the other and shows what it did for a frame more: first come the
   words and numbers of the new page, then one chart a frame. */
(function () {
  "use strict";

  var CONFIG = {
    displayModeBar: false,
    displaylogo: false,
    responsive: true,
    showTips: false,
  };

  var coming = null; // plotly
  var left = new Map(); // drawings whose chart has been taken away, by its name
  var awaited = []; // charts to draw

  function plotly() {
    if (!coming)
      coming = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = window._dashPlotlyJSURL;
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        document.head.appendChild(script);
      });
    return coming;
  }

  /* In the frame after the next, which shows the page. */
  function drawLater() {
    window.requestAnimationFrame(function () {
      window.requestAnimationFrame(drawOne);
    });
  }

  function drawOne() {
    var next = awaited.shift();
    if (awaited.length) window.requestAnimationFrame(drawOne);
    if (next.drawing.isConnected) {
      var layout = JSON.parse(JSON.stringify(next.figure.layout)); // plotly changes it
      delete layout.height; // which its place has
      layout.autosize = true;
      window.Plotly.react(next.drawing, next.figure.data, layout, CONFIG);
    }
  }

  function taken(name) {
    var drawing = left.get(name) || document.createElement("div");
    left.delete(name);
    drawing.style.height = "100%";
    return drawing;
  }

  function leave(name, drawing) {
    left.set(name, drawing);
    window.requestAnimationFrame(function () {
      if (left.get(name) !== drawing) return;
      left.delete(name);
      if (drawing._fullLayout) window.Plotly.purge(drawing);
    });
  }

  window.malbild_components.Graph = function (properties) {
    var React = window.React;
    var place = React.useRef(null);
    React.useLayoutEffect(
      function () {
        var drawing = taken(properties.name);
        var sizes = new ResizeObserver(function () {
          var width = drawing.clientWidth;
          if (width && drawing._fullLayout && drawing._fullLayout.width !== width)
            window.Plotly.Plots.resize(drawing);
        });
        place.current.appendChild(drawing);
        plotly().then(function () {
          awaited.push({ drawing: drawing, figure: properties.figure });
          if (awaited.length === 1) drawLater();
        });
        sizes.observe(place.current);
        return function () {
          sizes.disconnect();
          leave(properties.name, drawing);
        };
      },
      [properties.figure],
    );
    return React.createElement("div", {
      className: "dash-graph",
      ref: place,
      style: properties.style,
    });
  };
})();

/* The points of a chart for the keyboard and the screen reader, the shape of a chart on
   a narrow screen, and its picture.

   The drawing is hidden from screen readers. Over it lie the points as links, one of
   which the Tab key stops at; the arrow keys move between them. A chart says itself, in
   `layout.meta`, what is different where it is narrow. */
(function () {
  "use strict";

  var NARROW = 640; // as in 50-charts.css
  var POINT = 24;

  var bound = new WeakSet();
  var filled = new WeakMap(); // layer -> its points, written out

  function graph() {
    return window.Plotly && document.querySelectorAll("figure.graph .js-plotly-plot");
  }

  function figureOf(chart) {
    return chart.closest("figure.graph");
  }

  /* The layout as it came. Plotly makes new ones of it, so it is kept in them. */
  function originalOf(chart) {
    var meta = chart.layout.meta || {};
    if (meta.original) return JSON.parse(meta.original);
    // While Plotly fits a chart to its frame, the layout has no height.
    var height = chart.layout.height || chart._fullLayout.height;
    return JSON.parse(JSON.stringify(Object.assign({}, chart.layout, { height: height })));
  }

  /* Narrow and wide, and as large as the letters of the page */

  function pageScale() {
    var page = getComputedStyle(document.documentElement);
    var larger = parseFloat(page.getPropertyValue("--chart-scale")) || 1;
    return Math.max(1, (larger * parseFloat(page.fontSize)) / 16);
  }

  /* What a layout measures in pixels, by name. */
  function measures(layout) {
    var found = {
      height: layout.height,
      "font.size": layout.font.size,
      "hoverlabel.font.size": layout.hoverlabel.font.size,
    };
    Object.keys(layout.margin).forEach(function (side) {
      found["margin." + side] = layout.margin[side];
    });
    (layout.annotations || []).forEach(function (one, at) {
      var name = "annotations[" + at + "].";
      found[name + "font.size"] = one.font.size;
      if (one.xshift) found[name + "xshift"] = one.xshift;
      if (one.yshift) found[name + "yshift"] = one.yshift;
    });
    return found;
  }

  function shape(chart) {
    var layout = originalOf(chart);
    var meta = layout.meta || {};
    var scale = pageScale();
    var wanted = meta.narrow && chart.clientWidth < NARROW * scale ? "narrow" : "wide";
    var drawn = wanted + " " + scale;
    if (((chart.layout.meta || {}).drawn || "wide 1") === drawn) return;
    var changes = Object.assign(measures(layout), meta[wanted]);
    Object.keys(changes).forEach(function (name) {
      if (typeof changes[name] === "number") changes[name] *= scale;
    });
    chart.closest(".dash-graph").style.height = changes.height + "px";
    changes.autosize = true; // a height of one's own would otherwise end it
    changes.meta = Object.assign({ original: JSON.stringify(layout), drawn: drawn }, meta);
    window.Plotly.relayout(chart, changes);
    // When it has fitted it, it takes back the height from before.
    window.requestAnimationFrame(function () {
      var size = { height: changes.height, autosize: true };
      if (chart.layout.height !== size.height) window.Plotly.relayout(chart, size);
    });
  }

  /* Points */

  function spoken(words) {
    var plain = words.replace(/<br>/g, ", ").replace(/<[^>]*>/g, "");
    if (plain.indexOf("&") < 0) return plain; // of thousands, parsing takes long
    var held = document.createElement("template");
    held.innerHTML = plain;
    return held.content.textContent;
  }

  function pointsOf(chart) {
    var full = chart._fullLayout;
    var found = [];
    chart.data.forEach(function (trace, series) {
      (trace.customdata || []).forEach(function (href, number) {
        if (trace.x[number] === null || trace.y[number] === null) return;
        found.push({
          series: series,
          number: number,
          href: href,
          words: spoken(trace.text[number]),
          left: full.xaxis._offset + full.xaxis.d2p(trace.x[number]),
          top: full.yaxis._offset + full.yaxis.d2p(trace.y[number]),
        });
      });
    });
    return found;
  }

  function element(point) {
    var made = document.createElement(point.href ? "a" : "span");
    if (point.href) made.href = point.href;
    else made.setAttribute("role", "img");
    made.className = "chart-point";
    made.tabIndex = -1;
    made.setAttribute("aria-label", point.words);
    made.style.left = point.left - POINT / 2 + "px";
    made.style.top = point.top - POINT / 2 + "px";
    made.dataset.series = point.series;
    made.dataset.number = point.number;
    return made;
  }

  function same(one, other) {
    return (
      one.dataset.series === other.dataset.series &&
      one.dataset.number === other.dataset.number
    );
  }

  function fill(chart) {
    var layer = figureOf(chart).querySelector(".chart-points");
    var points = pointsOf(chart);
    var written = JSON.stringify(points);
    if (filled.get(layer) === written) return;
    filled.set(layer, written);
    var before = layer.querySelector('[tabindex="0"]');
    var hadFocus = layer.contains(document.activeElement);
    var made = points.map(element);
    layer.replaceChildren.apply(layer, made);
    if (!made.length) return;
    // The newest outcome is what most people want first.
    var last = made[made.length - 1];
    var down = chart.layout.meta && chart.layout.meta.order === "down";
    var start = down ? made[0] : last;
    if (before)
      made.forEach(function (one) {
        if (same(one, before)) start = one;
      });
    start.tabIndex = 0;
    if (hadFocus) start.focus({ preventScroll: true });
  }

  function series(layer, number) {
    return Array.prototype.filter.call(layer.children, function (one) {
      return one.dataset.series === String(number);
    });
  }

  function allSeries(layer) {
    var found = [];
    Array.prototype.forEach.call(layer.children, function (one) {
      if (found.indexOf(one.dataset.series) < 0) found.push(one.dataset.series);
    });
    return found;
  }

  function nearest(points, left) {
    return points.reduce(function (best, one) {
      var distance = Math.abs(parseFloat(one.style.left) - left);
      return distance < Math.abs(parseFloat(best.style.left) - left) ? one : best;
    });
  }

  function next(layer, point, key, down) {
    var own = series(layer, point.dataset.series);
    var at = own.indexOf(point);
    if (key === "Home") return own[0];
    if (key === "End") return own[own.length - 1];
    if (key === "ArrowRight" || (down && key === "ArrowDown")) return own[at + 1];
    if (key === "ArrowLeft" || (down && key === "ArrowUp")) return own[at - 1];
    var others = allSeries(layer);
    var step = key === "ArrowDown" ? 1 : -1;
    var other = others[others.indexOf(point.dataset.series) + step];
    return other && nearest(series(layer, other), parseFloat(point.style.left));
  }

  var KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  function chartOf(point) {
    return point.closest("figure.graph").querySelector(".js-plotly-plot");
  }

  document.addEventListener("keydown", function (event) {
    var point = event.target.closest && event.target.closest(".chart-point");
    if (!point || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      point.closest(".section").querySelector(".chart-numbers").focus();
      return;
    }
    if (KEYS.indexOf(event.key) < 0) return;
    event.preventDefault();
    var meta = chartOf(point).layout.meta || {};
    var wanted = next(point.parentElement, point, event.key, meta.order === "down");
    if (!wanted) return;
    point.tabIndex = -1;
    wanted.tabIndex = 0;
    wanted.focus();
  });

  document.addEventListener("focusin", function (event) {
    var point = event.target.closest && event.target.closest(".chart-point");
    if (!point) return;
    window.Plotly.Fx.hover(chartOf(point), [
      {
        curveNumber: Number(point.dataset.series),
        pointNumber: Number(point.dataset.number),
      },
    ]);
  });

  document.addEventListener("focusout", function (event) {
    var point = event.target.closest && event.target.closest(".chart-point");
    var chart = point && chartOf(point);
    if (chart && chart._fullLayout) window.Plotly.Fx.unhover(chart);
  });

  /* Charts come and go with the pages. */

  function drawn(chart) {
    if (!chart._fullLayout || !chart._fullLayout.xaxis || !figureOf(chart)) return;
    shape(chart);
    fill(chart);
  }

  function look() {
    Array.prototype.forEach.call(graph() || [], function (chart) {
      if (bound.has(chart) || !chart.on) return;
      bound.add(chart);
      chart.on("plotly_afterplot", function () {
        drawn(chart);
      });
      drawn(chart);
    });
  }

  var isAwaited = false;

  new MutationObserver(function () {
    if (isAwaited) return;
    isAwaited = true;
    window.requestAnimationFrame(function () {
      isAwaited = false;
      look();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* A picture: always in the wide shape, on paper, with what it shows and its source. */

  function inLines(words, most) {
    var lines = [""];
    words.split(" ").forEach(function (word) {
      var last = lines.length - 1;
      if (lines[last] && (lines[last] + " " + word).length > most) lines.push(word);
      else lines[last] = lines[last] ? lines[last] + " " + word : word;
    });
    return lines;
  }

  function onPaper(chart, about) {
    var layout = originalOf(chart);
    var title = inLines(about.finding, 100);
    layout.title = {
      text: "<b>" + title.join("<br>") + "</b><br>" + about.below,
      x: 0.02,
      y: 0.97,
      yanchor: "top",
      font: { size: 16 },
    };
    var above = 50 + 22 * title.length;
    layout.margin.t += above;
    layout.margin.b += 36;
    layout.height += above + 36;
    layout.annotations = layout.annotations.concat({
      text: about.source,
      x: 0,
      y: 0,
      xref: "paper",
      yref: "paper",
      xanchor: "left",
      yanchor: "top",
      yshift: -layout.margin.b + 26,
      showarrow: false,
      font: { size: 12 },
    });
    return layout;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button.save-picture");
    var chart =
      button && button.closest(".section").querySelector("figure .js-plotly-plot");
    if (!chart) return;
    var about = button.dataset;
    var layout = onPaper(chart, about);
    var isDrawing = about.format === "svg"; // which has no size of its own
    window.Plotly.downloadImage(
      { data: chart.data, layout: layout },
      {
        format: about.format,
        width: 1100,
        height: Math.max(600, layout.height),
        scale: isDrawing ? 1 : 2,
        filename: about.file,
      },
    );
  });
})();

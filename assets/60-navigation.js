/* Links and filters within the application change the address without a reload.

   The address is the only state: Dash's Location hears of it and asks the server for
   the page. One listener for all links is lighter than a component for each of the
   thousand links of the status map. */
(function () {
  "use strict";

  var SERVED_AS_FILES = /^\/(api|export|assets|healthz|_dash)/;

  function go(path, search) {
    window.dash_clientside.set_props("address", { pathname: path, search: search });
  }

  function isPlainClick(event) {
    return (
      event.button === 0 &&
      !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    );
  }

  document.addEventListener("click", function (event) {
    var anchor = event.target.closest && event.target.closest("a[href]");
    if (!anchor || event.defaultPrevented || !isPlainClick(event)) return;
    if (anchor.target || anchor.hasAttribute("download")) return;
    var url = new URL(anchor.href, window.location.href);
    if (url.origin !== window.location.origin) return;
    if (SERVED_AS_FILES.test(url.pathname)) return;
    if (url.hash && url.pathname === window.location.pathname) return;
    event.preventDefault();
    go(url.pathname, url.search);
  });

  function applied(form) {
    var query = new URLSearchParams();
    Object.keys(form.dataset).forEach(function (name) {
      if (name.indexOf("keep") === 0)
        query.set(form.dataset[name].split("=")[0], form.dataset[name].split("=")[1]);
    });
    new FormData(form).forEach(function (value, name) {
      if (value) query.set(name, value);
    });
    var written = query.toString();
    var path = new URL(form.action, window.location.href).pathname;
    go(path, written ? "?" + written : "");
  }

  var lastField = null;

  document.addEventListener("change", function (event) {
    var form = event.target.closest && event.target.closest("form.filters");
    if (!form) return;
    lastField = event.target.name;
    applied(form);
  });

  /* The page is drawn anew when a filter changes; whoever uses the keyboard goes on
     from the same field. */
  function returnToField() {
    var field = lastField && document.querySelector('form.filters [name="' + lastField + '"]');
    lastField = null;
    if (field && document.activeElement === document.body) field.focus();
  }

  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form.filters")) return;
    event.preventDefault();
    applied(event.target);
  });

  var lastPath = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    malbild: {
      /* Tell the browser and the screen reader that another page is shown. */
      arrived: function (title) {
        var path = window.location.pathname;
        var isNew = lastPath !== null && lastPath !== path;
        lastPath = path;
        window.requestAnimationFrame(function () {
          var heading = document.getElementById("title");
          var words = heading ? heading.textContent : "";
          if (title)
            document.title =
              words && title.indexOf(words) !== 0 ? words + " · " + title : title;
          if (!isNew) return returnToField();
          lastField = null;
          window.scrollTo(0, 0);
          if (heading) heading.focus({ preventScroll: true });
        });
        return window.dash_clientside.no_update;
      },

      /* Save the chart of the page as a picture that says what it shows. */
      picture: function (clicks, about) {
        var chart = document.querySelector("#trend .js-plotly-plot");
        if (clicks && chart) {
          var title = { text: about.title, x: 0.02, font: { size: 16 } };
          var margin = Object.assign({}, chart.layout.margin, { t: 80 });
          var layout = Object.assign({}, chart.layout, {
            title: title,
            margin: margin,
          });
          window.Plotly.downloadImage(
            { data: chart.data, layout: layout },
            {
              format: "png",
              width: 1100,
              height: 560,
              scale: 2,
              filename: about.file,
            },
          );
        }
        return window.dash_clientside.no_update;
      },
    },
  });
})();

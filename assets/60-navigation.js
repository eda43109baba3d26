/* Links and filters within the application change the address without a reload.

   The address is the only state: Dash's Location hears of it and asks the server for
   the page. One listener for all links is lighter than a component for each of the
   thousand links of the status map. */
(function () {
  "use strict";

  var SERVED_AS_FILES = /^\/(api|export|assets|healthz|_dash)/;

  function first() {
    return document.getElementById("first-page");
  }

  function go(path, search, hash) {
    if (first()) return window.location.assign(path + search + (hash || ""));
    var address = { pathname: path, search: search, hash: hash || "" };
    window.dash_clientside.set_props("address", address);
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
    if (anchor.hasAttribute("data-reload")) return;
    var url = new URL(anchor.href, window.location.href);
    if (url.origin !== window.location.origin) return;
    if (SERVED_AS_FILES.test(url.pathname)) return;
    if (url.hash && url.pathname === window.location.pathname) return;
    event.preventDefault();
    go(url.pathname, url.search, url.hash);
  });

  function applied(form) {
    var query = new URLSearchParams();
    Object.keys(form.dataset).forEach(function (name) {
      if (name.indexOf("keep") === 0)
        query.set(name.charAt(4).toLowerCase() + name.slice(5), form.dataset[name]);
    });
    new FormData(form).forEach(function (value, name) {
      if (value) query.set(name, value);
    });
    var tour = new URLSearchParams(window.location.search).get("tur");
    if (tour) query.set("tur", tour);
    var written = query.toString();
    var path = new URL(form.action, window.location.href).pathname;
    go(path, written ? "?" + written : "");
  }

  var lastField = null;

  /* With a pointer a choice applies at once. By keyboard every arrow and letter changes
     a list, so there it waits for Enter or for the button, which then shows. */
  var lastKey = null;

  document.addEventListener(
    "pointerdown",
    function () {
      lastKey = null;
    },
    true,
  );

  document.addEventListener(
    "keydown",
    function (event) {
      lastKey = event.key;
      var form = event.target.closest && event.target.closest("form.filters.waiting");
      if (event.key !== "Enter" || !form || event.target.tagName !== "SELECT") return;
      event.preventDefault();
      applied(form);
    },
    true,
  );

  document.addEventListener("change", function (event) {
    var form = event.target.closest && event.target.closest("form.filters");
    if (!form) return;
    lastField = event.target.name;
    if (lastKey && lastKey !== "Enter") form.classList.add("waiting");
    else applied(form);
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

  /* A filter draws the page anew below the reader's place; without a word, nobody who
     listens would know. */
  function announce() {
    var announcer = document.getElementById("announcer");
    if (!announcer) return;
    announcer.textContent = "";
    window.setTimeout(function () {
      announcer.textContent = announcer.dataset.updated;
    }, 100);
  }

  /* The box of preferences closes when one goes on to something else. */
  document.addEventListener("click", function (event) {
    var open = document.querySelector("details.prefs[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });

  document.addEventListener("keydown", function (event) {
    var open = document.querySelector("details.prefs[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  /* The preferences stand before the menu on a narrow screen and after it on a wide one;
     the Tab key follows. */
  var narrow = window.matchMedia("(max-width: 60rem)");

  function orderHeader() {
    document.querySelectorAll(".preferences").forEach(function (one) {
      one.parentElement[narrow.matches ? "prepend" : "append"](one);
    });
  }

  orderHeader();
  narrow.addEventListener("change", orderHeader);

  /* The page as the server sent it gives way to the same page, drawn by Dash. What the
     reader has opened stays open, and who uses the keyboard stays where they are. */
  var STOPS = "a[href], button, summary, select, input, [tabindex]";

  function drawn() {
    return document.getElementById("react-entry-point");
  }

  function whenDrawn(then) {
    window.requestAnimationFrame(function () {
      if (drawn().querySelector("main h1")) then();
      else whenDrawn(then);
    });
  }

  /* Where the Tab key stops, but for the points of charts: only Dash draws those. */
  function stopsIn(page) {
    return Array.from(page.querySelectorAll(STOPS)).filter(function (one) {
      return !one.closest(".chart-points, .js-plotly-plot");
    });
  }

  function giveWay() {
    var old = first();
    if (!old) return;
    var entry = drawn();
    orderHeader();
    var opened = entry.querySelectorAll("details");
    old.querySelectorAll("details").forEach(function (one, number) {
      if (opened[number]) opened[number].open = one.open;
    });
    var stop = stopsIn(old).indexOf(document.activeElement);
    old.remove();
    if (stop >= 0) stopsIn(entry)[stop].focus({ preventScroll: true });
  }

  /* The element the address points at, unfolded and made able to take focus. */
  function placeInAddress() {
    var place = document.getElementById(window.location.hash.slice(1));
    if (!place) return null;
    place.tabIndex = -1;
    for (var one = place; (one = one.parentElement.closest("details")); ) one.open = true;
    return place;
  }

  window.addEventListener("hashchange", function () {
    var place = placeInAddress();
    if (place) place.scrollIntoView();
  });

  var lastPath = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    malbild: {
      /* Tell the browser and the screen reader which page is shown now. The title is
         the page's heading and, last, the program's name. */
      arrived: function (title) {
        var path = window.location.pathname;
        var isFirst = lastPath === null;
        var isNew = !isFirst && lastPath !== path;
        lastPath = path;
        window.requestAnimationFrame(function () {
          giveWay();
          var heading = document.getElementById("title");
          var words = heading ? heading.textContent : "";
          if (title)
            document.title = words ? words + " · " + title.split(" · ").pop() : title;
          var place = placeInAddress();
          if (place && (isFirst || isNew)) return place.focus();
          if (isFirst) return;
          if (!isNew) {
            announce();
            return returnToField();
          }
          lastField = null;
          window.scrollTo(0, 0);
          if (heading) heading.focus({ preventScroll: true });
        });
        return window.dash_clientside.no_update;
      },
    },
  });
})();

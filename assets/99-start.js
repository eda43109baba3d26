/* Dash comes when what the server sent has been drawn: its scripts are fetched meanwhile,
   and run one after the other. Until then the page is read, and its links are followed. */
(function () {
  "use strict";

  var PATIENCE = 300; // a window that nobody sees draws nothing

  var isBegun = false;

  function begin() {
    if (isBegun) return;
    isBegun = true;
    var last = null;
    document.querySelectorAll('link[rel="preload"][as="script"]').forEach(function (one) {
      last = document.createElement("script");
      last.src = one.href;
      last.async = false; // in their order
      document.body.appendChild(last);
    });
    last.addEventListener("load", function () {
      window.renderer = new window.DashRenderer();
    });
  }

  window.requestAnimationFrame(function () {
    window.setTimeout(begin);
  });
  window.setTimeout(begin, PATIENCE);
})();

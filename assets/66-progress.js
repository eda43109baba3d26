/* What the page is waiting for, and what to do when nothing came.

   Dash draws an element while it asks the server; the browser itself tells how each
   request ended. The words come with the page (`app/design/help.py`), so that they are there
   when the server is not. */
(function () {
  "use strict";

  var PATIENCE = 400;
  var FILE_PATIENCE = 1000;
  var ASKS = /\/_dash-(update-component|layout|dependencies)/;
  var WAITING = "_dash-loading-callback";
  var FILES = 'a[download][href^="/export/"]';

  function words(name) {
    var element = document.getElementById("script-words");
    return element ? element.dataset[name] : "";
  }

  function made(tag, className, text) {
    var element = document.createElement(tag);
    element.className = className;
    element.textContent = text || "";
    return element;
  }

  /* While a page is fetched. */
  var timer = null;
  var bar = null;

  function waits(isWaiting) {
    var main = document.getElementById("main");
    if (main) main.setAttribute("aria-busy", String(isWaiting));
    if (isWaiting) forgetFiles();
    var isRead = document.getElementById("first-page"); // what comes is here already
    if (isWaiting && !isRead && !timer && !bar) timer = window.setTimeout(show, PATIENCE);
    if (!isWaiting) {
      window.clearTimeout(timer);
      timer = null;
      if (bar) bar.remove();
      bar = null;
    }
  }

  function show() {
    timer = null;
    bar = made("div", "progress");
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-label", words("loading"));
    document.body.appendChild(bar);
  }

  var entry = document.getElementById("react-entry-point");

  function look() {
    waits(Boolean(entry.querySelector(":scope > ." + WAITING)));
  }

  if (entry) new MutationObserver(look).observe(entry, { childList: true });

  /* When a page did not come. */
  var alertBox = null;

  function says(heading, text, ways) {
    hush();
    alertBox = made("div", "notice failure");
    alertBox.setAttribute("role", "alert");
    document.body.appendChild(alertBox);
    alertBox.appendChild(made("p", "notice-title", heading));
    alertBox.appendChild(made("p", "", text));
    alertBox.appendChild(ways);
  }

  function hush() {
    if (alertBox) alertBox.remove();
    alertBox = null;
  }

  function ways() {
    var line = made("p", "failure-ways");
    var again = made("button", "retry", words("retry"));
    again.type = "button";
    again.addEventListener("click", retry);
    var start = made("a", "", words("start"));
    start.href = "/";
    line.append(again, " ", start);
    return line;
  }

  /* A reload while the server is away would lose the page that is shown. */
  function retry(event) {
    var button = event.target;
    button.disabled = true;
    window
      .fetch("/healthz", { cache: "no-store" })
      .then(function () {
        window.location.reload();
      })
      .catch(function () {
        button.disabled = false;
        says(words("noAnswer"), words("stillNoAnswer"), ways());
      });
  }

  function ended(request) {
    if (!ASKS.test(request.name) || request.responseStatus === undefined) return;
    if (request.responseStatus === 0) says(words("noAnswer"), words("noAnswerHelp"), ways());
    else if (request.responseStatus >= 400) says(words("fault"), words("faultHelp"), ways());
    else hush();
  }

  if (window.PerformanceObserver && entry)
    new window.PerformanceObserver(function (list) {
      list.getEntries().forEach(ended);
    }).observe({ type: "resource" });

  /* While a workbook is written. */
  function saved(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 60000);
  }

  function statusBeside(link) {
    var next = link.nextElementSibling;
    if (next && next.classList.contains("file-status")) return next;
    var status = made("span", "file-status muted");
    status.setAttribute("role", "status");
    link.after(status);
    return status;
  }

  /* What was said of a file does not belong to the next page. */
  function forgetFiles() {
    document.querySelectorAll(".file-status").forEach(function (status) {
      status.remove();
    });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(FILES);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-disabled") === "true") return;
    link.setAttribute("aria-disabled", "true");
    var status = statusBeside(link);
    status.textContent = "";
    var slow = window.setTimeout(function () {
      status.textContent = words("fileMaking");
    }, FILE_PATIENCE);
    window
      .fetch(link.href)
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.blob();
      })
      .then(function (blob) {
        saved(blob, link.getAttribute("download"));
        if (status.textContent) status.textContent = words("fileMade");
      })
      .catch(function () {
        status.textContent = words("fileFailed");
      })
      .then(function () {
        window.clearTimeout(slow);
        link.removeAttribute("aria-disabled");
      });
  });
})();

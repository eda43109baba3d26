/* Boxes that explain: each stands beside its button, and one is open at a time.

   An open box is lifted to the browser's top layer where there is one, so that no
   table's frame cuts it, and is kept within the window. */
(function () {
  "use strict";

  var GAP = 6;
  var MARGIN = 8;
  var BUTTONS = "button.term, button.help";
  var opened = null;

  function boxOf(button) {
    var box = button.nextElementSibling;
    return box && box.classList.contains("popover") ? box : null;
  }

  function place() {
    if (!opened) return;
    var button = opened.getBoundingClientRect();
    var box = boxOf(opened);
    var page = document.documentElement;
    box.style.maxWidth = page.clientWidth - 2 * MARGIN + "px";
    var size = box.getBoundingClientRect();
    var rightmost = page.clientWidth - size.width - MARGIN;
    var below = button.bottom + GAP;
    var above = button.top - GAP - size.height;
    var fits = below + size.height <= window.innerHeight || above < MARGIN;
    box.style.left = Math.max(MARGIN, Math.min(button.left, rightmost)) + "px";
    box.style.top = (fits ? below : above) + "px";
  }

  function open(button) {
    var box = boxOf(button);
    if (!box) return;
    close();
    opened = button;
    button.setAttribute("aria-expanded", "true");
    box.hidden = false;
    box.style.position = "fixed";
    box.style.margin = "0";
    box.style.inset = "auto";
    if (box.showPopover) {
      box.popover = "manual";
      box.showPopover();
    }
    place();
  }

  function close() {
    if (!opened) return;
    var box = boxOf(opened);
    opened.setAttribute("aria-expanded", "false");
    opened = null;
    if (!box) return;
    if (box.popover && box.isConnected) box.hidePopover();
    box.hidden = true;
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) return;
    var button = target.closest(BUTTONS);
    if (button) {
      if (button === opened) close();
      else open(button);
    } else if (!target.closest(".popover") || target.closest("a[href]")) close();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !opened) return;
    var button = opened;
    close();
    button.focus();
  });

  /* Whoever tabs on past the box has read it. */
  document.addEventListener("focusin", function (event) {
    if (opened && !opened.parentNode.contains(event.target)) close();
  });

  window.addEventListener("resize", place);
  document.addEventListener("scroll", place, { capture: true, passive: true });
})();

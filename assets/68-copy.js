/* Buttons that copy the address of what is seen, and say that they have. */
(function () {
  "use strict";

  /* For addresses without encryption, where browsers lock the clipboard. */
  function copiedByHand(words) {
    var field = document.createElement("textarea");
    field.value = words;
    field.setAttribute("readonly", "");
    field.style.position = "fixed";
    field.style.top = "-100px";
    document.body.append(field);
    field.select();
    var isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }

  function copied(words) {
    if (!navigator.clipboard || !window.isSecureContext)
      return Promise.resolve(copiedByHand(words));
    return navigator.clipboard.writeText(words).then(
      function () {
        return true;
      },
      function () {
        return copiedByHand(words);
      },
    );
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button.copy-address");
    if (!button) return;
    var whole = new URL(button.dataset.address, window.location.href).href;
    copied(whole).then(function (isDone) {
      button.focus();
      var said = isDone ? button.dataset.done : button.dataset.failed;
      button.parentNode.querySelector("[role=status]").textContent = said;
    });
  });
})();

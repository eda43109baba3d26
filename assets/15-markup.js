/* Draws HTML that the server has made and escaped (app/web/markup.py), in one go. */
(function () {
  "use strict";

  window.malbild_components = {
    Markup: function (properties) {
      return window.React.createElement("div", {
        className: "markup",
        dangerouslySetInnerHTML: { __html: properties.html },
      });
    },
  };
})();

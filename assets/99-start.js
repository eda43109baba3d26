/* Last: Dash begins to draw when everything it needs has come. */
window.renderer = new window.DashRenderer();

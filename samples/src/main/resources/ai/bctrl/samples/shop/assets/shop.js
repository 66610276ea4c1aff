"use strict";
// On every page: the help window.
document.getElementById("help")?.addEventListener("click", () => {
  window.open("/help", "help", "width=480,height=560");
});
document.getElementById("close")?.addEventListener("click", () => window.close());

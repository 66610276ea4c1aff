"use strict";
// Shows the stock as the shop tells it: in the list of the home page and in each [data-stock] element.
{
  const list = document.getElementById("ticker");
  const connection = document.getElementById("connection");

  function say(text, on) {
    if (connection) {
      connection.textContent = text;
      document.getElementById("dot").classList.toggle("on", on);
    }
  }

  function show(level) {
    for (const place of document.querySelectorAll(`[data-stock="${level.sku}"]`)) {
      if (place.textContent !== String(level.stock)) {
        place.textContent = level.stock;
        const whole = place.closest("li") ?? place;
        whole.classList.remove("changed");
        void whole.offsetWidth;
        whole.classList.add("changed");
      }
    }
    if (list && !list.querySelector(`[data-stock="${level.sku}"]`)) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const stock = document.createElement("strong");
      name.textContent = level.name;
      stock.textContent = level.stock;
      stock.dataset.stock = level.sku;
      item.append(name, " ", stock);
      list.append(item);
    }
  }

  function connect() {
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/api/stock");
    socket.addEventListener("open", () => say("live", true));
    socket.addEventListener("message", event => show(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      say("connecting", false);
      setTimeout(connect, 1000);
    });
  }
  connect();
}

"use strict";
// A drone order gets its number from flight control.
{
  const order = document.getElementById("order");
  if (order.dataset.delivery === "drone") {
    (async () => {
      const response = await fetch("/api/orders/" + order.dataset.number + "/flight");
      const flight = await response.json();
      if (!response.ok) {
        console.error("flight control: " + flight.error);
      }
      // The planted bug: a refusal has no "slot", and the page keeps a number that nobody knows.
      document.getElementById("confirmation").textContent = flight.slot.number;
    })();
  }
}

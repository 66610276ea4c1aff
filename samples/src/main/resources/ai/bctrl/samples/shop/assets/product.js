"use strict";
document.getElementById("add").addEventListener("submit", async event => {
  event.preventDefault();
  const added = document.getElementById("added");
  const refused = document.getElementById("refused");
  added.textContent = "";
  refused.textContent = "";
  try {
    const response = await fetch("/api/cart", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
    const answer = await response.json();
    if (response.ok) {
      added.textContent = answer.message;
      document.querySelector("[data-testid=cart-count]").textContent = answer.pieces;
    } else {
      refused.textContent = answer.error;
    }
  } catch {
    refused.textContent = "The shop does not answer. Please try again.";
  }
});

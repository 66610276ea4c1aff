"use strict";
// Catches what is plainly wrong before the shop has to; vouchers and card numbers are checked there.
{
  const form = document.getElementById("checkout");
  const summary = document.getElementById("summary");
  const rules = {
    name: value => value !== "" || "Enter your full name.",
    email: value => /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(value) || "Enter an email address such as ada@example.org.",
    street: value => value !== "" || "Enter street and house number.",
    postcode: value => /^\d{5}$/.test(value) || "Enter a postcode of five digits.",
    city: value => value !== "" || "Enter the city.",
    card: value => value !== "" || "Enter the card number.",
    terms: (_, field) => field.checked || "Please accept the terms of sale.",
  };

  function check(name) {
    const field = form.elements[name];
    const verdict = rules[name](field.value.trim(), field);
    const good = verdict === true;
    field.setAttribute("aria-invalid", String(!good));
    document.getElementById(name + "-problem").textContent = good ? "" : verdict;
    return good;
  }

  form.addEventListener("submit", event => {
    const wrong = Object.keys(rules).filter(name => !check(name));
    if (wrong.length > 0) {
      event.preventDefault();
      summary.hidden = false;
      summary.textContent = "Please correct the marked fields.";
      form.elements[wrong[0]].focus();
    }
  });
  form.addEventListener("change", event => {
    if (event.target.name in rules && event.target.getAttribute("aria-invalid") === "true") {
      check(event.target.name);
    }
  });
}

"use strict";
{
  const input = document.getElementById("q");
  const results = document.getElementById("results");
  const count = document.getElementById("count");
  const failure = document.getElementById("failure");
  let running = new AbortController();

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  function picture(product) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "/assets/kites.svg#" + product.kind);
    svg.append(use);
    const sky = element("div", "sky");
    sky.style.setProperty("--a", product.colour);
    sky.style.setProperty("--b", product.accent);
    sky.append(svg);
    return sky;
  }

  function card(product) {
    const link = element("a", "card");
    link.href = "/products/" + product.sku;
    const text = element("div", "");
    const line = element("p", "");
    line.append(element("strong", "", product.price), element("span", "quiet", product.wind));
    text.append(element("h3", "", product.name), line);
    link.append(picture(product), text);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  async function search() {
    running.abort();
    running = new AbortController();
    const query = input.value.trim();
    history.replaceState(null, "", query ? "/?q=" + encodeURIComponent(query) : "/");
    try {
      const response = await fetch("/api/products?q=" + encodeURIComponent(query), { signal: running.signal });
      if (!response.ok) {
        throw new Error("HTTP " + response.status);
      }
      const { products } = await response.json();
      failure.hidden = true;
      results.replaceChildren(...products.map(card));
      count.textContent = products.length === 0 ? "Nothing found. Try \"delta\"."
        : products.length === 1 ? "1 kite" : products.length + " kites";
    } catch (error) {
      if (error.name !== "AbortError") {
        results.replaceChildren();
        count.textContent = "";
        failure.hidden = false;
      }
    }
  }

  let typing;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 120);
  });
  document.getElementById("search").addEventListener("submit", event => {
    event.preventDefault();
    search();
  });
  document.getElementById("retry").addEventListener("click", search);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
}

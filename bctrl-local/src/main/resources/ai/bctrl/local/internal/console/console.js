// Shows times in the reader's zone, and keeps the pictures of running browsers fresh while somebody looks.

for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  time.title = time.dateTime;
  time.textContent = time.hasAttribute("data-short")
    ? moment.toLocaleTimeString([], { hour12: false })
    : moment.toLocaleString([], { dateStyle: "medium", timeStyle: "short", hour12: false });
}

const PAUSE = 2000;

for (const picture of document.querySelectorAll("img[data-live]")) {
  let timer = 0;
  const next = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      picture.src = picture.dataset.live + "?" + Date.now();
    }
  };
  picture.addEventListener("load", () => {
    picture.classList.add("shown");
    timer = setTimeout(next, PAUSE);
  });
  picture.addEventListener("error", () => {
    picture.classList.remove("shown");
    timer = setTimeout(next, 4 * PAUSE);
  });
  document.addEventListener("visibilitychange", next);
  next();
}

for (const button of document.querySelectorAll("button.danger")) {
  button.form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = "Stopping";
  });
}

"use strict";
document.getElementById("delete").addEventListener("click", async () => {
  if (!confirm("Do you really want to delete your account?")) {
    return;
  }
  const failure = document.getElementById("failure");
  const response = await fetch("/api/account", { method: "DELETE" });
  if (response.ok) {
    location.assign("/goodbye");
  } else {
    failure.hidden = false;
    failure.textContent = (await response.json()).error;
  }
});

// A form is sent once: the button rests until the answer comes. The server stays the authority on doubles.

const resting = new Set();

function rest(form) {
  form.dataset.sent = "yes";
  resting.add(form);
  // after the browser has read the pressed button's name and value
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = true;
    form.setAttribute("aria-busy", "true");
  });
}

function wake(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) event.preventDefault();
  else rest(form);
});

// coming back with the back button shows the page as it was left
window.addEventListener("pageshow", () => {
  resting.forEach(wake);
  resting.clear();
});

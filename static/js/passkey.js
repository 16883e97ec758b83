// Passkeys: asks our server what to sign, the browser to sign it, and sends the answer as the form it stands in.
// Forms that need it stay hidden where the browser has no Web Authentication.

const supported = window.PublicKeyCredential && navigator.credentials?.create;

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function readable(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) options[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return options;
}

function sendable(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) parts[part] = text(response[part]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: parts };
}

async function ask(form) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  // the sign-in is over, or not fresh enough: the page itself leads there
  if (answer.redirected || !answer.ok) {
    location.reload();
    throw new Error("no options");
  }
  return readable(await answer.json());
}

async function run(form) {
  const state = form.querySelector("[data-passkey-state]");
  state.hidden = true;
  try {
    const publicKey = await ask(form);
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(sendable(credential));
    form.submit();
  } catch {
    state.textContent = state.dataset.textCancelled;
    state.hidden = false;
  }
}

if (supported) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
  for (const note of document.querySelectorAll("[data-passkey-unsupported]")) note.hidden = true;
}

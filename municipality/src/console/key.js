// Hands the question to the security key and its answer to the form: browsers let scripts alone do that.
"use strict";
const form = document.querySelector("form[data-options]");
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function ask(kind, options) {
  const question = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (kind === "enrol") {
    question.user = { ...question.user, id: bytes(question.user.id) };
    question.excludeCredentials = named(question.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: question });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
      },
      extensions: {},
    };
  }
  question.allowCredentials = named(question.allowCredentials);
  const got = await navigator.credentials.get({ publicKey: question });
  return {
    id: got.id,
    rawId: text(got.rawId),
    type: got.type,
    response: {
      authenticatorData: text(got.response.authenticatorData),
      clientDataJSON: text(got.response.clientDataJSON),
      signature: text(got.response.signature),
      userHandle: got.response.userHandle ? text(got.response.userHandle) : null,
    },
    extensions: {},
  };
}

if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = document.getElementById("key-failed");
    failed.hidden = true;
    try {
      const answer = await ask(form.dataset.kind, JSON.parse(form.dataset.options));
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}

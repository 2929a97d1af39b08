// Who is signed in on this website is kept per tab, so that two tabs can be two people. A real website knows its
// member from its own session and writes `data-token` or `data-token-url` into the page itself.
const KEY = "demo:me";
const root = document.documentElement;

const me = (() => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
})();

if (me) {
  root.dataset.me = me.login;
  // This runs before the loader, which is a module: it asks there for a token, and again before it expires.
  document.getElementById("parvis").dataset.tokenUrl = tokenUrl(me.login);
}

function tokenUrl(login) {
  return `/demo/token?login=${encodeURIComponent(login)}`;
}

async function enter(person, next) {
  const answer = await fetch(tokenUrl(person.login));
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { token } = await answer.json();
  await window.parvis.signIn(token);
  sessionStorage.setItem(KEY, JSON.stringify(person));
  location.assign(next);
}

async function leave(next) {
  sessionStorage.removeItem(KEY);
  await window.parvis.signOut().catch(() => {});
  location.assign(next);
}

document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-me-name]")) place.textContent = me?.name ?? "";
  for (const picture of document.querySelectorAll("[data-me-face]")) {
    if (me) picture.src = `/demo/avatars/${encodeURIComponent(me.login)}.svg`;
  }
  for (const button of document.querySelectorAll("[data-enter]")) {
    button.addEventListener("click", () => {
      const { enter: login, name, next } = button.dataset;
      enter({ login, name }, next).catch(() => {
        document.querySelector(".problem").hidden = false;
      });
    });
  }
  for (const button of document.querySelectorAll("[data-leave]")) {
    button.addEventListener("click", () => leave(button.dataset.leave));
  }
});

/* Tells the server that somebody has a record open, and shows who else has. Without this file nobody is named anew. */

const presenceMillis = 20_000;
/** A page that is left open counts as closed, and does not keep its sign-in alive. */
const idleMillis = 5 * 60_000;

const line = document.querySelector('[data-presence]');
const words = document.getElementById('field-body');
let lastActedAt = Date.now();

const isWriting = () => words !== null && words.value.trim() !== '' && words.value !== words.defaultValue;

function tellPresence() {
  const isHere = !document.hidden && Date.now() - lastActedAt < idleMillis;
  if (isHere) line.dispatchEvent(new Event('presence'));
}

function noteAction() {
  lastActedAt = Date.now();
}

/** The same words are not shown, and so not read out, again; the page for signing in is no answer. */
function keepWhatIsSaid(event) {
  const { xhr } = event.detail;
  const isAnswer = new URL(xhr.responseURL).pathname === line.getAttribute('hx-post');
  if (isAnswer && xhr.responseText.trim() !== line.innerHTML.trim()) return;
  event.detail.shouldSwap = false;
  event.stopPropagation();
}

if (line) {
  line.addEventListener('htmx:configRequest', (event) => {
    if (isWriting()) event.detail.parameters.isWriting = 'on';
  });
  line.addEventListener('htmx:beforeSwap', keepWhatIsSaid);
  for (const name of ['keydown', 'pointerdown', 'scroll'])
    addEventListener(name, noteAction, { passive: true });
  document.addEventListener('visibilitychange', tellPresence);
  setInterval(tellPresence, presenceMillis);
}

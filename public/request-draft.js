/*
 * Keeps on the server what is typed on a request, so that it is there when the page is opened again. Nothing is stored in
 * the browser: a reception shares it.
 */

const draftLine = document.querySelector('[data-draft]');
const entryForm = draftLine?.closest('form');
const discardForm = document.getElementById('discard-draft');
let hasUnkeptWords = false;
let wasSent = false;

/** Words that are sent or discarded are no draft any more. */
function endDraft(event) {
  if (event.target !== entryForm && event.target !== discardForm) return;
  wasSent = true;
  draftLine.dispatchEvent(new Event('htmx:abort'));
}

function beginToKeep(event) {
  if (wasSent) event.preventDefault();
  else hasUnkeptWords = false;
}

function showNotKept() {
  hasUnkeptWords = true;
  draftLine.textContent = draftLine.dataset.notKept;
}

/**
 * The page for signing in is no answer: whoever is writing stays where their words are. The same sentence is not shown,
 * and so not read out, again.
 */
function showAnswer(event) {
  const { xhr } = event.detail;
  const isAnswer =
    xhr.status === 200 && new URL(xhr.responseURL).pathname === draftLine.getAttribute('hx-post');
  const isSaid = xhr.responseText.trim() === draftLine.innerHTML.trim();
  if (!isAnswer || isSaid) event.detail.shouldSwap = false;
  event.stopPropagation();
  if (!isAnswer) {
    showNotKept();
    return;
  }
  document.querySelector('[form="discard-draft"]').hidden = !xhr.responseText.includes('data-kept');
  if (!hasUnkeptWords) draftLine.dispatchEvent(new Event('kept', { bubbles: true }));
}

/** A request of the page itself would be cut off with it. */
function keepLastWords() {
  if (!hasUnkeptWords || wasSent) return;
  navigator.sendBeacon(draftLine.getAttribute('hx-post'), new URLSearchParams(new FormData(entryForm)));
}

function noteWords() {
  hasUnkeptWords = true;
  wasSent = false;
}

if (draftLine) {
  entryForm.addEventListener('input', noteWords);
  draftLine.addEventListener('htmx:beforeRequest', beginToKeep);
  draftLine.addEventListener('htmx:beforeSwap', showAnswer);
  draftLine.addEventListener('htmx:sendError', showNotKept);
  document.addEventListener('submit', endDraft);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && hasUnkeptWords) draftLine.dispatchEvent(new Event('draft'));
  });
  addEventListener('pagehide', keepLastWords);
  addEventListener('pageshow', () => (wasSent = false));
}

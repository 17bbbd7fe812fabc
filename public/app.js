/*
 * Progressive enhancement: every page works without this file. Words that appear come from the page, so that they are
 * in the reader's language.
 */

const root = document.documentElement;

/** Storage may be switched off in the browser; then nothing is remembered. */
const memory = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* Not remembered. */
    }
  },
};

// Keyboard

const secondKeyMillis = 1500;
let waitingForSecondKeySince = -Infinity;

const isTyping = (element) => element.closest('input, textarea, select, [contenteditable], dialog') !== null;

const shortcuts = {
  '/': () => document.getElementById('search'),
  '?': () => document.querySelector('[data-open-dialog="shortcuts"]'),
  n: () => document.querySelector('[data-shortcut="n"]'),
  e: () => document.querySelector('[data-shortcut="e"]'),
};

/** WCAG 2.1.4: single-key shortcuts can be switched off, in the dialog that lists them. */
const areShortcutsOn = () => memory.get('shortcuts') !== 'off';

function handleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!areShortcutsOn() || isTyping(event.target)) return;
  const isSecondKey = event.timeStamp - waitingForSecondKeySince < secondKeyMillis;
  waitingForSecondKeySince = -Infinity;
  if (!isSecondKey && event.key === 'g') {
    waitingForSecondKeySince = event.timeStamp;
    return;
  }
  const target = isSecondKey
    ? document.querySelector(`[data-go-to="${CSS.escape(event.key)}"]`)
    : shortcuts[event.key]?.();
  if (!target) return;
  event.preventDefault();
  if (target.matches('input')) {
    target.focus();
    target.select();
  } else target.click();
}

function setUpShortcutSwitch() {
  const box = document.querySelector('[data-toggle-shortcuts]');
  if (!box) return;
  box.checked = areShortcutsOn();
  box.addEventListener('change', () => memory.set('shortcuts', box.checked ? 'on' : 'off'));
}

// Frame

function setUpNavigation() {
  const button = document.querySelector('[data-collapse-navigation]');
  if (!button) return;
  const show = () => {
    const isCollapsed = root.dataset.navigation === 'collapsed';
    button.setAttribute('aria-expanded', String(!isCollapsed));
    for (const item of document.querySelectorAll('.navigation-item')) {
      item.title = isCollapsed ? item.textContent.trim() : '';
    }
  };
  show();
  button.addEventListener('click', () => {
    root.dataset.navigation = root.dataset.navigation === 'collapsed' ? 'expanded' : 'collapsed';
    memory.set('navigation', root.dataset.navigation);
    show();
  });
}

const openMenus = () => document.querySelectorAll('details[data-closes-itself][open]');

function closeMenus(event) {
  for (const menu of openMenus()) {
    const isOutside = event.type === 'click' && !menu.contains(event.target);
    if (event.key === 'Escape') menu.querySelector('summary').focus();
    if (isOutside || event.key === 'Escape') menu.open = false;
  }
}

function openDialog(event) {
  const opener = event.target.closest('[data-open-dialog]');
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
}

// Lists

/** A click anywhere on a row opens it, unless it closes a menu, was meant for something else, or selected text. */
function openRow(event) {
  if (event.defaultPrevented || event.button > 1 || openMenus().length > 0) return;
  if (event.target.closest('a, button, input, label, select, summary')) return;
  const link = event.target.closest('tr')?.querySelector('a.row-link');
  if (!link || String(getSelection()) !== '') return;
  if (event.ctrlKey || event.metaKey || event.button === 1) open(link.href, '_blank', 'noopener');
  else link.click();
}

/** Fields left empty do not belong in the address of a list. */
function omitEmptyFields(event) {
  if (!event.target.matches('[data-omits-empty]')) return;
  for (const name of new Set(event.formData.keys())) {
    const values = event.formData.getAll(name);
    event.formData.delete(name);
    for (const value of values) if (value !== '') event.formData.append(name, value);
  }
}

function omitEmptyParameters(event) {
  if (!event.detail.elt.matches('[data-omits-empty]')) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) {
    if (parameters[name] === '') delete parameters[name];
  }
}

/** An answer from another page than the one asked for means that the session has ended: go there. */
function followRedirect(event) {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, location.href).pathname;
  if (xhr.responseURL === '' || new URL(xhr.responseURL).pathname === asked) return;
  event.detail.shouldSwap = false;
  location.assign(location.href);
}

/** Checkboxes of one name make one parameter with commas, which is easier to read in the address. */
function joinChoices(event) {
  const name = event.target.dataset.joins;
  if (name) event.formData.set(name, event.formData.getAll(name).join(','));
}

/** Moves a column of the panel without asking the server, so that ticks which are not sent yet stay. */
function moveColumn(event) {
  const mover = event.target.closest('[data-moves]');
  if (!mover) return;
  event.preventDefault();
  const item = mover.closest('li');
  const isUp = mover.dataset.moves === 'up';
  const other = isUp ? item.previousElementSibling : item.nextElementSibling;
  if (!other?.querySelector('[data-moves]')) return;
  if (isUp) other.before(item);
  else other.after(item);
  mover.focus();
}

/** One tick of the header ticks the page; "all that match" ticks it too, and ends when a row is left out. */
function selectRows(event) {
  const kind = event.target.dataset?.selects;
  if (!kind) return;
  const list = event.target.closest('.list');
  const boxes = (name) => [...list.querySelectorAll(`[data-selects="${name}"]`)];
  if (kind !== 'row') for (const box of boxes('row')) box.checked = event.target.checked;
  const rows = boxes('row');
  const ticked = rows.filter((box) => box.checked).length;
  for (const box of boxes('page')) {
    box.checked = ticked === rows.length;
    box.indeterminate = ticked > 0 && ticked < rows.length;
  }
  const [all] = boxes('all');
  if (ticked < rows.length) all.checked = false;
  list.querySelector('#selected-count').textContent = all.checked ? all.dataset.total : String(ticked);
}

// Forms

const changedForms = new Set();

function noteChange(event) {
  const form = event.target.closest('form[data-guard-unsaved]');
  if (form) changedForms.add(form);
}

function warnOfUnsavedInput(event) {
  if (changedForms.size > 0) event.preventDefault();
}

const submitButtons = (form) => [...form.elements].filter((element) => element.type === 'submit');

/** A second click sends nothing; a page that comes back from the history can be sent again. */
function guardSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.submitted) {
    event.preventDefault();
    return;
  }
  form.dataset.submitted = 'yes';
  changedForms.delete(form);
  // After this turn, because a disabled button does not send its value.
  setTimeout(() => submitButtons(form).forEach((button) => (button.disabled = true)));
}

/** On a phone filters stand behind a button: fifteen of them would fill the screen before the first row. */
function switchFilters(event) {
  const button = event.target.closest?.('.list-filter-switch');
  button?.setAttribute('aria-expanded', String(button.getAttribute('aria-expanded') !== 'true'));
}

function releaseForms() {
  for (const form of document.querySelectorAll('form[data-submitted]')) {
    delete form.dataset.submitted;
    submitButtons(form).forEach((button) => (button.disabled = false));
  }
}

/** Says how much room is left once a text comes near its limit; nothing is cut off. */
function countCharacters(event) {
  const maximum = Number(event.target.dataset?.maximumLength);
  if (!maximum) return;
  const { length } = event.target.value;
  let counter = event.target.nextElementSibling;
  if (!counter?.matches('.character-count')) {
    counter = document.createElement('output');
    counter.className = 'character-count';
    event.target.after(counter);
  }
  counter.textContent = length > maximum * 0.8 ? `${length} / ${maximum}` : '';
  counter.toggleAttribute('data-exceeded', length > maximum);
}

/** Puts prepared words where the cursor is, and notes what they were taken from; what is typed already stays. */
function insertWords(event) {
  const { inserts, insertsInto, articleId } = event.target.closest?.('[data-inserts]')?.dataset ?? {};
  const field = insertsInto && document.getElementById(insertsInto);
  if (!field) return;
  event.preventDefault();
  const place = field.selectionEnd || field.value.length;
  const needsLine = place > 0 && field.value[place - 1] !== '\n';
  field.setRangeText(`${needsLine ? '\n' : ''}${inserts}`, place, place, 'end');
  if (articleId) field.form.elements.articleId.value = articleId;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

document.addEventListener('keydown', handleKey);
document.addEventListener('keydown', closeMenus);
document.addEventListener('click', openRow);
document.addEventListener('click', closeMenus);
document.addEventListener('click', switchFilters);
document.addEventListener('click', moveColumn);
document.addEventListener('click', openDialog);
document.addEventListener('click', insertWords);
document.addEventListener('auxclick', openRow);
document.addEventListener('formdata', omitEmptyFields);
document.addEventListener('formdata', joinChoices);
document.addEventListener('htmx:configRequest', omitEmptyParameters);
document.addEventListener('htmx:beforeSwap', followRedirect);
document.addEventListener('change', selectRows);
document.addEventListener('input', noteChange);
document.addEventListener('input', countCharacters);
document.addEventListener('kept', (event) => changedForms.delete(event.target.closest('form')));
document.addEventListener('submit', guardSubmit);
addEventListener('beforeunload', warnOfUnsavedInput);
addEventListener('pageshow', releaseForms);
for (const problems of document.querySelectorAll('form[data-guard-unsaved] .form-problems'))
  changedForms.add(problems.closest('form'));
setUpShortcutSwitch();
setUpNavigation();
document.querySelector('[data-focus]')?.focus();

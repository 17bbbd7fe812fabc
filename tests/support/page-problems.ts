import type { ConsoleMessage, Page } from 'playwright-core';

/** Answers that belong to ordinary use: a form refused, a record changed by somebody else. The console mentions them. */
const ordinaryRefusals = /^Failed to load resource: the server responded with a status of (409|422) /;

/** Notes what the browser complains of from now on; each call of the result hands over what came since the last one. */
export function collectProblems(page: Page): () => string[] {
  let problems: string[] = [];
  const note = (message: ConsoleMessage): void => {
    if (message.type() !== 'error' || ordinaryRefusals.test(message.text())) return;
    problems.push(`${message.text()} (${page.url()})`);
  };
  page.on('console', note);
  page.on('pageerror', (error) => problems.push(`${error.message} (${page.url()})`));
  return () => {
    const taken = problems;
    problems = [];
    return taken;
  };
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AxeResult = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
});

/** All that can be tested of WCAG 2.2 AA. */
const accessibilityRules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** Those of them that depend on colours and on the size of the window; the others read the document alone. */
const rulesOfLook = {
  type: 'rule',
  values: ['color-contrast', 'target-size', 'scrollable-region-focusable'],
};

/**
 * What axe finds on the page as it is shown now, one line per element; empty when all is well. `look` asks only what
 * another theme or another size of the same page can change.
 */
export async function accessibilityProblems(page: Page, extent: 'whole' | 'look'): Promise<string[]> {
  await page.evaluate(`if (!window.axe) { ${axeSource} }`);
  const runOnly = extent === 'whole' ? accessibilityRules : rulesOfLook;
  const options = { runOnly, resultTypes: ['violations'] };
  const { violations } = AxeResult.parse(
    await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html} ${node.failureSummary}`),
  );
}

/** The recommended rules, but for two that are stricter than HTML: ids with colons, and fields that share a name. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'valid-id': ['error', { relaxed: true }],
    'form-dup-name': 'off',
  },
});

/** What is wrong with a page's HTML, one line per place. */
export async function markupProblems(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `line ${line}: ${message} (${ruleId})`),
  );
}

/** CSS pixels by which the page is wider than the window; 0 when nothing makes it scroll sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return z
    .number()
    .parse(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)'));
}

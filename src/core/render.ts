import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import { projectRoot } from './paths.js';
import type { TemplateName } from './templates.js';

const viewsFolder = join(projectRoot, 'views');

/** Renders one template with its view: the only place where templates are rendered. Compiled templates are kept. */
export const render = (template: TemplateName, view: object): string => compiled(template)({ view, include });

const templates = new Map<string, TemplateFunction>();

function compiled(name: string): TemplateFunction {
  const known = templates.get(name);
  if (known) return known;
  const filename = join(viewsFolder, `${name}.ejs`);
  const template = ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    strict: true,
    destructuredLocals: ['view', 'include'],
    escape: escapeText,
    rmWhitespace: true,
  });
  templates.set(name, template);
  return template;
}

/**
 * What templates call to include others, named from the folder of views on: `/partials/icon`. The library's own looks for
 * the file and copies its options each time, which for the hundreds of a list takes longer than filling them in.
 */
function include(path: string, { view }: { view: { readonly keptWith?: object } }): string {
  const { keptWith } = view;
  if (keptWith === undefined) return compiled(path.slice(1))({ view, include });
  const ofTemplate = renderings.get(path) ?? new WeakMap<object, string>();
  renderings.set(path, ofTemplate);
  const known = ofTemplate.get(keptWith);
  if (known !== undefined) return known;
  const text = compiled(path.slice(1))({ view, include });
  ofTemplate.set(keptWith, text);
  return text;
}

/** What templates printed for views that name, as `keptWith`, the one object that they show, whoever reads the page. */
const renderings = new Map<string, WeakMap<object, string>>();

const special = /["&'<>]/;

/** Most texts have nothing to escape, which is found sooner than replaced. */
const escapeText = (text: unknown): string =>
  typeof text === 'string' && !special.test(text) ? text : ejs.escapeXML(text);

import { join } from 'node:path';
import ejs from 'ejs';
import { projectRoot } from './paths.js';
import type { TemplateName } from './templates.js';

const viewsFolder = join(projectRoot, 'views');

/** Renders one template with its view: the only place where templates are rendered. Compiled templates are kept. */
export function render(template: TemplateName, view: object): Promise<string> {
  return ejs.renderFile(
    join(viewsFolder, `${template}.ejs`),
    { view },
    {
      strict: true,
      destructuredLocals: ['view'],
      root: viewsFolder,
      views: [viewsFolder],
      cache: true,
      rmWhitespace: true,
    },
  );
}

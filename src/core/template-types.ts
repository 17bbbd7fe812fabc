import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { projectRoot } from './paths.js';

/** A template under views/, by its path without ending, for instance `customers/index`. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

const generatedFile = 'src/generated/templates.ts';

/** Every template under views/, in the order of their names. */
export function readTemplates(root: string = projectRoot): Template[] {
  const folder = join(root, 'views');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ejs'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ name: file.replace(/\.ejs$/, ''), text: readFileSync(join(folder, file), 'utf8') }));
}

/** The type that a template declares in its first line, as written there; undefined when it declares none. */
export function declaredType(template: Template): string | undefined {
  return /^<%# view: (.+?) -?%>/.exec(template.text)?.[1];
}

/** The module that gives every template its view type. Templates without a declaration get `never`: nothing renders them. */
export function templateTypesModule(templates: readonly Template[]): string {
  const lines = templates.map((template) => {
    const type = declaredType(template) ?? 'never';
    return `  '${template.name}': ${fromGeneratedFolder(type, template.name)};`;
  });
  return ['export interface Templates {', ...lines, '}', ''].join('\n');
}

/** Writes src/generated/templates.ts from the first lines of the templates; untouched when nothing changed. */
export function generateTemplateTypes(root: string = projectRoot): void {
  const file = join(root, generatedFile);
  const text = templateTypesModule(readTemplates(root));
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Import paths in a declaration are relative to the template; here they become relative to the generated module. */
function fromGeneratedFolder(type: string, name: string): string {
  const templateFolder = posix.dirname(`views/${name}`);
  return type.replace(/import\("(\.[^"]*)"\)/g, (_match, path: string) => {
    const target = posix.relative(posix.dirname(generatedFile), posix.join(templateFolder, path));
    return `import('${target}')`;
  });
}

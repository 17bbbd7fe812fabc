import { dirname, posix } from 'node:path';
import ejs from 'ejs';
import { declaredType, type Template } from '../../core/template-types.js';

/** Where EJS notes that the following code comes from another line of the template. */
const lineMark = /^ {4}; __line = (\d+)$/;
const statementStart = '    ; ';

/**
 * A TypeScript module that does what a template does, so that the compiler can judge it: the JavaScript that EJS makes of
 * the template, in a function with the declared view. Only texts and numbers can be printed, and an included template
 * takes the view that it declares.
 * @throws Error when EJS cannot read the template, for instance because a tag is not closed.
 */
export function templateModule(template: Template, all: readonly Template[]): string {
  const toRoot = posix.relative(dirname(`views/${template.name}`), '.');
  const pageBase = `import('${toRoot}/src/core/page-base.js').PageBase`;
  const templates = `import('${toRoot}/src/generated/templates.js').Templates`;
  return [
    'interface Includes {',
    ...all.flatMap(({ name }) =>
      pathsTo(name, template.name).map((path) => `'${path}': ${templates}['${name}'];`),
    ),
    '}',
    `export function template(view: (${declaredType(template) ?? 'never'}) & ${pageBase},`,
    '  escapeFn: (value: string | number) => string,',
    `  include: <P extends keyof Includes>(path: P, locals: { view: Includes[P] & ${pageBase} }) => string): string {`,
    "let __line = 1; let __output = ''; const __append = (text: string): void => { __output += text; };",
    statements(template),
    'return `${__output}${__line}`; }',
  ].join('\n');
}

/** The line of the template that a line of its module comes from; both are counted from 1. */
export function templateLine(module: string, moduleLine: number): number {
  const lines = module.split('\n');
  const marks = lines.map((line) => Number(lineMark.exec(line)?.[1] ?? 0));
  const mark = marks.findLastIndex((line, index) => line > 0 && index < moduleLine);
  const start = lines.findLastIndex((line, index) => line.startsWith(statementStart) && index < moduleLine);
  const linesIntoStatement = start > mark ? moduleLine - 1 - start : 0;
  return Math.min((marks[mark] ?? 1) + linesIntoStatement, Math.max(1, ...marks));
}

/** The code that EJS generates, without its own beginning and end, which are not typed. */
function statements(template: Template): string {
  const compiler = new ejs.Template(template.text, {
    strict: true,
    compileDebug: true,
    filename: template.name,
  });
  try {
    compiler.compile();
  } catch (error) {
    // The compiler finds the same mistake in the module, and says where it is.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { source } = compiler;
  const start = source.indexOf(`\n${statementStart}`);
  return start === -1 ? '' : source.slice(start + 1, source.lastIndexOf('  return __output;'));
}

/** The ways to name a template in an `include` of another. */
function pathsTo(name: string, from: string): string[] {
  const relative = posix.relative(posix.dirname(from), name);
  return [`/${name}`, relative, ...(relative.startsWith('.') ? [] : [`./${relative}`])];
}

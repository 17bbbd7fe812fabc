import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../core/paths.js';
import { type Template, templateTypesModule } from '../../core/template-types.js';
import type { Finding } from './finding.js';
import { templateLine, templateModule } from './module-text.js';

/** What the TypeScript compiler, with the project's own settings, says about templates; nothing is written to disk. */
export function typeFindings(templates: readonly Template[]): Finding[] {
  const findings: Finding[] = [];
  const modules = new Map<string, Template>();
  const texts = new Map([[join(projectRoot, 'src/generated/templates.ts'), templateTypesModule(templates)]]);
  for (const template of templates) {
    const file = join(projectRoot, 'views', `${template.name}.ejs.ts`);
    try {
      texts.set(file, templateModule(template, templates));
      modules.set(file, template);
    } catch (error) {
      findings.push({
        ...place(template, 1),
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const program = ts.createProgram({
    rootNames: [...modules.keys()],
    options: compilerOptions(),
    host: hostWith(texts),
  });
  for (const [file, template] of modules) {
    const source = program.getSourceFile(file);
    const diagnostics = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    for (const { start, messageText } of diagnostics) {
      const line = source ? source.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 1;
      findings.push({
        ...place(template, templateLine(texts.get(file) ?? '', line)),
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      });
    }
  }
  return findings;
}

const place = (template: Template, line: number) => ({ file: `views/${template.name}.ejs`, line });

function compilerOptions(): ts.CompilerOptions {
  const config: unknown = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  delete options.tsBuildInfoFile;
  return { ...options, incremental: false, noEmit: true };
}

/** The disk, with some files in memory in front of it. */
function hostWith(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost(compilerOptions());
  return {
    ...disk,
    fileExists: (file) => texts.has(file) || disk.fileExists(file),
    readFile: (file) => texts.get(file) ?? disk.readFile(file),
    getSourceFile: (file, languageVersion, onError, shouldCreate) => {
      const text = texts.get(file);
      return text === undefined
        ? disk.getSourceFile(file, languageVersion, onError, shouldCreate)
        : ts.createSourceFile(file, text, languageVersion);
    },
  };
}

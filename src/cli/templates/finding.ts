/** Something wrong with a template. */
export interface Finding {
  /** Path from the project's folder, for instance `views/customers/index.ejs`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A finding as editors and terminals understand it: `file:line: message`. */
export function findingText({ file, line, message }: Finding): string {
  return `${file}:${line}: ${message}`;
}

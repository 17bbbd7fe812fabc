/** Why the text of a cell cannot be taken; each is a sentence of the texts. */
export type CellProblemKey =
  | 'imports.problem.amount.ambiguous'
  | 'imports.problem.amount.tooLarge'
  | 'imports.problem.amount.tooManyDecimals'
  | 'imports.problem.amount.unreadable'
  | 'imports.problem.customerKind.unknown'
  | 'imports.problem.date.ambiguous'
  | 'imports.problem.date.future'
  | 'imports.problem.date.impossible'
  | 'imports.problem.date.tooEarly'
  | 'imports.problem.date.unreadable'
  | 'imports.problem.email.impossible'
  | 'imports.problem.gender.unknown'
  | 'imports.problem.phone.impossible'
  | 'imports.problem.quantity.notWhole'
  | 'imports.problem.quantity.outOfRange'
  | 'imports.problem.choice.unknown'
  | 'imports.problem.number.unreadable'
  | 'imports.problem.tag.unknown'
  | 'imports.problem.text.tooLong'
  | 'imports.problem.text.unstorable'
  | 'imports.problem.yesNo.unreadable';

/** A reason without personal data: it never repeats what the cell says, so it may be kept in clear. */
export interface CellProblem {
  readonly key: CellProblemKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What a cell means, null when it is empty, or why it cannot be taken. */
export type CellValue<Value> = { readonly value: Value | null } | { readonly problem: CellProblem };

export const problem = (
  key: CellProblemKey,
  params: CellProblem['params'] = {},
): { problem: CellProblem } => ({
  problem: { key, params },
});

/**
 * The text of a cell in narrow characters, with single spaces and without what protects digits from spreadsheet
 * programs: `="0138"` and a leading apostrophe.
 */
export function plainText(cell: string): string {
  const text = cell.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const quoted = /^="([^"]*)"$/.exec(text)?.[1];
  return quoted?.trim() ?? text.replace(/^'(?=[+\d])/, '');
}

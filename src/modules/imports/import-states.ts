/**
 * The way of an import: uploaded and waiting for its mapping, being checked, ready to run, running (or told to stop),
 * then done, cancelled or failed; being undone, undone.
 */
export const importStates = [
  'mapping',
  'checking',
  'ready',
  'running',
  'cancelling',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;

export type ImportState = (typeof importStates)[number];

/** While a worker has it. */
export const isUnderWay = (state: ImportState): boolean =>
  ['checking', 'running', 'cancelling', 'undoing'].includes(state);

/** When its mapping can still be changed. */
export const canBeMapped = (state: ImportState, hasRun: boolean): boolean =>
  state === 'mapping' || state === 'ready' || (state === 'failed' && !hasRun);

/** When its rows can be stored, for the first time or on from where it failed. */
export const canBeRun = (state: ImportState, hasRun: boolean): boolean =>
  state === 'ready' || (state === 'failed' && hasRun);

/** When what it stored can be taken back. */
export const canBeUndone = (state: ImportState, hasRun: boolean): boolean =>
  hasRun && ['done', 'cancelled', 'failed'].includes(state);

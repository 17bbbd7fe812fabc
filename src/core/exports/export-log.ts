import type { Context } from '../context.js';
import { recordEvent } from '../events.js';
import type { ExportFormat } from './export-format.js';

export const exportEvents = {
  /** `name`, `format`, `filter`: somebody asked for an export, and nothing has left yet. */
  started: 'exports.started',
  /** `rows`: all of them went out. */
  finished: 'exports.finished',
  /** `rows` that may have gone out at most, and `reason`: `cancelled` by who asked, or `failed`. */
  aborted: 'exports.aborted',
} as const;

/** The table name of export events; their record id is that of the export, the same from its start to its end. */
export const exportEventTable = 'exports';

/** One condition that the rows of an export fulfil, in words. */
export interface ExportFilter {
  readonly words: string;
  /** What the audit log says instead, where the words may hold contact data. */
  readonly loggedWords?: string;
}

export interface StartedExport {
  readonly name: string;
  readonly format: ExportFormat;
  readonly filters: readonly ExportFilter[];
}

export interface ExportEnd {
  readonly rows: number;
  readonly reason?: 'cancelled' | 'failed';
}

/** Writes to the audit log what becomes of one export. */
export function exportLog(context: Pick<Context, 'deps' | 'actor'>, exportId: string) {
  const record = (
    event: keyof typeof exportEvents,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> =>
    recordEvent(context, {
      action: exportEvents[event],
      tableName: exportEventTable,
      recordId: exportId,
      details,
    });
  return {
    /** @throws when it cannot be written: then nothing may leave. */
    started: ({ name, format, filters }: StartedExport): Promise<void> =>
      record('started', {
        name,
        format,
        filter: filters.map(({ words, loggedWords }) => loggedWords ?? words),
      }),

    /** Never throws: by now the rows have left, and what is not known to have ended counts as gone. */
    ended: (event: 'finished' | 'aborted', end: ExportEnd): Promise<void> =>
      record(event, { ...end }).catch((error: unknown) =>
        context.deps.logger.error(
          { err: error, exportId, event },
          'the end of an export could not be recorded',
        ),
      ),
  };
}

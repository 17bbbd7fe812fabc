import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { findNextChunk, findReports } from './import-chunks.queries.js';
import type { ImportJob } from './import-job.js';
import type { Pass } from './passes.js';
import type { RowReport } from './row-report.js';
import type { ChunkResult } from './targets/import-target.js';

/** A chunk that was read and waits for its transaction. */
export interface ReadChunk {
  readonly chunkNo: number;
  /** What an earlier pass said about its rows. */
  readonly plan: ReadonlyMap<number, RowReport>;
  readonly decide: (tx: Transaction) => Promise<ChunkResult>;
}

/** Reads the next chunk of a pass behind another one: all of the work that needs no transaction. Undefined at the end. */
export async function readChunk(
  context: Context,
  { row, target, settings, importer }: ImportJob,
  pass: Pass,
  afterChunkNo: number,
): Promise<ReadChunk | undefined> {
  const chunk = await findNextChunk(context.deps, row.id, pass.from, afterChunkNo);
  const [first] = chunk?.rows ?? [];
  const last = chunk?.rows.at(-1);
  if (!chunk || !first || !last) return undefined;
  const isStoring = pass.to === 'stored';
  const range = { from: first.rowNumber, to: last.rowNumber };
  const plan = isStoring
    ? await findReports(context.deps.database, row.id, range)
    : new Map<number, RowReport>();
  const decide = target.begin(
    {
      context,
      importId: row.id,
      columns: row.mapping,
      options: row.options,
      settings,
      importer,
      storing: isStoring ? { startedAt: row.started_at ?? context.deps.now(), plan } : null,
    },
    chunk.rows,
  );
  return { chunkNo: chunk.chunkNo, plan, decide };
}

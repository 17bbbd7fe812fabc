import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { Database } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import type { TabularRow } from '../../core/tabular/tabular-row.js';
import { openChunk, type Stage } from './import-chunks.js';
import { outcomes, StoredRemarks, type RowReport } from './row-report.js';

const SealedChunk = z.object({ chunk_no: z.number(), rows_encrypted: z.instanceof(Uint8Array) });

/** The first rows of an uploaded file, as many as its first chunk holds; none once they were forgotten. */
export async function readFirstRows(
  deps: { readonly database: Database; readonly cipher: Cipher },
  importId: string,
): Promise<readonly TabularRow[]> {
  const [chunk] = await deps.database.rows(
    sql`SELECT chunk_no, rows_encrypted FROM import_chunks WHERE import_id = ${importId}::uuid ORDER BY chunk_no LIMIT 1`,
    SealedChunk,
  );
  return chunk ? openChunk(deps.cipher, importId, chunk.chunk_no, chunk.rows_encrypted) : [];
}

/** The first chunk behind another one whose rows came as far as a stage; undefined when there is none. */
export async function findNextChunk(
  deps: { readonly database: Database; readonly cipher: Cipher },
  importId: string,
  stage: Stage,
  afterChunkNo: number,
): Promise<{ chunkNo: number; rows: readonly TabularRow[] } | undefined> {
  const [chunk] = await deps.database.rows(
    sql`SELECT chunk_no, rows_encrypted FROM import_chunks
        WHERE import_id = ${importId}::uuid AND stage = ${stage} AND chunk_no > ${afterChunkNo}
        ORDER BY chunk_no LIMIT 1`,
    SealedChunk,
  );
  if (!chunk) return undefined;
  return {
    chunkNo: chunk.chunk_no,
    rows: openChunk(deps.cipher, importId, chunk.chunk_no, chunk.rows_encrypted),
  };
}

const StoredReport = z.object({
  row_no: z.number(),
  outcome: z.enum(outcomes),
  problems: StoredRemarks,
  is_duplicate: z.boolean(),
  creates_customer: z.boolean(),
  record_id: z.string().nullable(),
});

/** The reports on some rows, by their numbers. */
export async function findReports(
  database: Database,
  importId: string,
  range: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, RowReport>> {
  const rows = await database.rows(
    sql`SELECT row_no, outcome, problems, is_duplicate, creates_customer, record_id::text FROM import_rows
        WHERE import_id = ${importId}::uuid AND row_no BETWEEN ${range.from} AND ${range.to}`,
    StoredReport,
  );
  return new Map(
    rows.map((row) => [
      row.row_no,
      {
        rowNo: row.row_no,
        outcome: row.outcome,
        remarks: row.problems,
        isDuplicate: row.is_duplicate,
        createsCustomer: row.creates_customer,
        recordId: row.record_id,
      },
    ]),
  );
}

/** All rows of an uploaded file in their order, chunk by chunk. */
export async function* streamChunks(
  deps: { readonly database: Database; readonly cipher: Cipher },
  importId: string,
): AsyncGenerator<readonly TabularRow[]> {
  const chunks = deps.database.stream(
    sql`SELECT chunk_no, rows_encrypted FROM import_chunks WHERE import_id = ${importId}::uuid ORDER BY chunk_no`,
    SealedChunk,
    4,
  );
  for await (const batch of chunks) {
    for (const chunk of batch) yield openChunk(deps.cipher, importId, chunk.chunk_no, chunk.rows_encrypted);
  }
}

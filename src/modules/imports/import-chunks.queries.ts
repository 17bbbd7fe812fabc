import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { Database } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import type { TabularRow } from '../../core/tabular/tabular-row.js';
import { openChunk } from './import-chunks.js';

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

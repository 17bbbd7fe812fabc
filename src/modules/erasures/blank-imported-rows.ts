import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { openChunk, sealChunk } from '../imports/import-chunks.js';
import { cellMatcher } from './cell-matcher.js';

/** Chunks read at a time: some hundred rows each. */
const batchSize = 20;

const SealedChunk = z.object({
  import_id: z.string(),
  chunk_no: z.number(),
  rows_encrypted: z.instanceof(Uint8Array),
});

type SealedChunk = z.infer<typeof SealedChunk>;

const StoredRow = z.object({ import_id: z.string(), row_no: z.number() });

/**
 * Blanks the rows of kept import files that became records of the person, or that hold one of the identifiers: rejected
 * ones became nothing. Files are kept for 30 days, so this reads few; 500,000 rows take some seconds.
 * @param identifiers as `readIdentifiers` gives them.
 */
export async function blankImportedRows(
  tx: Transaction,
  cipher: Cipher,
  customerId: string,
  identifiers: readonly string[],
): Promise<void> {
  const isAboutPerson = cellMatcher(identifiers);
  const theirs = await rowsBecomeTheirs(tx, customerId);
  let last: SealedChunk | undefined;
  do {
    const chunks = await readChunks(tx, last);
    for (const chunk of chunks) {
      const rows = openChunk(cipher, chunk.import_id, chunk.chunk_no, chunk.rows_encrypted);
      const blanked = rows.map((row) =>
        theirs.has(`${chunk.import_id}:${row.rowNumber}`) || row.cells.some(isAboutPerson)
          ? { ...row, cells: row.cells.map(() => '') }
          : row,
      );
      if (blanked.every((row, index) => row === rows[index])) continue;
      await tx.importChunk.update({
        where: { importId_chunkNo: { importId: chunk.import_id, chunkNo: chunk.chunk_no } },
        data: { rowsEncrypted: sealChunk(cipher, chunk.import_id, chunk.chunk_no, blanked) },
        select: { chunkNo: true },
      });
    }
    last = chunks.at(-1);
  } while (last);
}

/** `<import>:<row>` of each row that became one of the person's records. */
async function rowsBecomeTheirs(tx: Transaction, customerId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw(sql`
    SELECT import_id::text, row_no FROM import_rows
    WHERE import_id IN (SELECT import_id FROM import_chunks)
      AND record_id IN (SELECT of_record::uuid FROM rows_about_person(${customerId}::uuid))`);
  return new Set(
    StoredRow.array()
      .parse(rows)
      .map((row) => `${row.import_id}:${row.row_no}`),
  );
}

async function readChunks(tx: Transaction, after: SealedChunk | undefined): Promise<SealedChunk[]> {
  const position = after
    ? sql`(import_id, chunk_no) > (${after.import_id}::uuid, ${after.chunk_no}::integer)`
    : sql`TRUE`;
  return SealedChunk.array().parse(
    await tx.$queryRaw(sql`
      SELECT import_id::text, chunk_no, rows_encrypted FROM import_chunks
      WHERE ${position} ORDER BY import_chunks.import_id, chunk_no LIMIT ${batchSize}`),
  );
}

import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { TabularRow } from '../../core/tabular/tabular-row.js';

/** How far the rows of a chunk came. */
export const stages = ['read', 'checked', 'stored'] as const;
export type Stage = (typeof stages)[number];

const PackedRows = z.array(z.tuple([z.number(), z.array(z.string())]));

const place = (importId: string, chunkNo: number) => ({
  table: 'import_chunks',
  column: 'rows_encrypted',
  recordId: `${importId}:${chunkNo}`,
});

/** Encrypts some hundred rows of an uploaded file for one row of `import_chunks`. */
export function sealChunk(
  cipher: Cipher,
  importId: string,
  chunkNo: number,
  rows: readonly TabularRow[],
): Uint8Array<ArrayBuffer> {
  const packed = rows.map(({ rowNumber, cells }) => [rowNumber, cells]);
  return Uint8Array.from(
    cipher.encryptBytes(Buffer.from(JSON.stringify(packed), 'utf8'), place(importId, chunkNo)),
  );
}

/** @throws Error when the chunk was changed, moved, or its key is not at hand. */
export function openChunk(
  cipher: Cipher,
  importId: string,
  chunkNo: number,
  sealed: Uint8Array,
): readonly TabularRow[] {
  const plain = cipher.decryptBytes(Buffer.from(sealed), place(importId, chunkNo));
  return PackedRows.parse(JSON.parse(plain.toString('utf8'))).map(([rowNumber, cells]) => ({
    rowNumber,
    cells,
  }));
}

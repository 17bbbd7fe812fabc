import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import type { UploadedFile } from '../../core/route.js';
import { parseInChild, type ParsedPiece } from '../../core/tabular/parse-in-child.js';
import { TabularFileError } from '../../core/tabular/tabular-file-error.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { sealChunk } from './import-chunks.js';
import type { TargetName } from './import-options.js';
import { importTargets } from './targets/import-targets.js';

/** Longer than a file may take to be read. */
const uploadTimeoutMillis = 180_000;

/**
 * Reads an uploaded file in a process of its own and keeps its rows encrypted, a few hundred at a time, all or nothing.
 * @returns the id of the new import, which waits for its mapping.
 * @throws Forbidden without the permission to create such records, InvalidInput when the file cannot be read or is empty.
 */
export async function uploadImport(
  context: ViewerContext,
  targetName: TargetName,
  file: UploadedFile | undefined,
): Promise<string> {
  const target = importTargets[targetName];
  if (!can(context.viewer, target.permission)) throw new Forbidden(target.permission);
  if (!file) throw InvalidInput.field('file', 'errors.required');
  const id = newId();
  const sha256 = await hashFile(file.path);
  try {
    await unitOfWork(
      context,
      'imports.uploaded',
      async (tx) => {
        const pieces = parseInChild(file.path, file.originalName);
        const first = await pieces.next();
        if (first.done === true || first.value.kind !== 'header') throw new Error('the file has no header');
        const { kind: _kind, header, ...fileFormat } = first.value;
        await tx.import.create({
          data: {
            id,
            target: targetName,
            fileName: file.originalName,
            fileSize: file.size,
            fileSha256: sha256,
            fileFormat,
            header,
            state: 'mapping',
            createdById: context.viewer.id,
          },
        });
        const counts = await keepRows(context, tx, id, pieces);
        if (counts.rowCount === 0) throw InvalidInput.field('file', 'imports.noRows');
        await tx.import.update({ where: { id }, data: counts });
      },
      { timeoutMillis: uploadTimeoutMillis },
    );
  } catch (error) {
    if (error instanceof TabularFileError) throw InvalidInput.field('file', error.messageKey, error.params);
    throw error;
  }
  return id;
}

async function keepRows(
  { deps }: ViewerContext,
  tx: Transaction,
  importId: string,
  pieces: AsyncIterable<ParsedPiece>,
): Promise<{ rowCount: number; chunkCount: number }> {
  let rowCount = 0;
  let chunkCount = 0;
  for await (const piece of pieces) {
    if (piece.kind !== 'rows' || !piece.rows[0]) continue;
    const rowsEncrypted = sealChunk(deps.cipher, importId, chunkCount, piece.rows);
    const firstRowNo = piece.rows[0].rowNumber;
    await tx.importChunk.create({
      data: { importId, chunkNo: chunkCount, firstRowNo, rowCount: piece.rows.length, rowsEncrypted },
      select: { chunkNo: true },
    });
    rowCount += piece.rows.length;
    chunkCount += 1;
  }
  return { rowCount, chunkCount };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

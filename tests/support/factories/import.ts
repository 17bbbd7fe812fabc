import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { sealChunk } from '../../../src/modules/imports/import-chunks.js';
import type { TargetName } from '../../../src/modules/imports/import-options.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface ImportOptions {
  readonly createdById: string;
  readonly target?: TargetName;
  readonly fileName?: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly rowsPerChunk?: number;
  readonly createdAt?: Date;
}

/** An import as an uploaded CSV file leaves it, waiting for its mapping; returns its id. */
export async function createImport(deps: Dependencies, options: ImportOptions): Promise<string> {
  const id = newId();
  const number = nextNumber();
  const perChunk = options.rowsPerChunk ?? 500;
  const rows = options.rows.map((cells, index) => ({ rowNumber: index + 2, cells: [...cells] }));
  const chunkCount = Math.ceil(rows.length / perChunk);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.import.create({
      data: {
        id,
        target: options.target ?? 'customers',
        fileName: options.fileName ?? `file-${number}.csv`,
        fileSize: 1_000,
        fileSha256: String(number).padStart(64, '0'),
        fileFormat: { format: 'delimited', encoding: 'utf-8', delimiter: ',' },
        header: [...options.header],
        state: 'mapping',
        rowCount: rows.length,
        chunkCount,
        createdById: options.createdById,
        ...(options.createdAt && { createdAt: options.createdAt }),
      },
    });
    for (let chunkNo = 0; chunkNo < chunkCount; chunkNo += 1) {
      const part = rows.slice(chunkNo * perChunk, (chunkNo + 1) * perChunk);
      const rowsEncrypted = sealChunk(deps.cipher, id, chunkNo, part);
      const firstRowNo = part[0]?.rowNumber ?? 0;
      await tx.importChunk.create({
        data: { importId: id, chunkNo, firstRowNo, rowCount: part.length, rowsEncrypted },
      });
    }
  });
  return id;
}

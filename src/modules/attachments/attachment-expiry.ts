import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { rm } from 'node:fs/promises';
import { attachmentFiles, deletedAttachmentDays } from './attachment.js';

export const attachmentExpiryQueue = 'attachment-expiry';

const dayMillis = 86_400_000;
/** Rows that go in one unit of work. */
const batchSize = 100;

const Row = z.object({ id: z.string() });

/** Removes what was deleted so long ago that it cannot be taken back, and what uploads left behind that never ended. */
export async function expireAttachments(deps: Dependencies): Promise<void> {
  await forgetDeleted(deps);
  await removeStrayFiles(deps);
}

/** The rows go first: a file without row is found again by the next run, a row without file would be a broken one. */
async function forgetDeleted(deps: Dependencies): Promise<void> {
  const before = new Date(deps.now().getTime() - deletedAttachmentDays * dayMillis);
  const files = attachmentFiles(deps.config);
  for (;;) {
    const rows = await deps.database.rows(
      sql`SELECT id::text FROM attachments WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${batchSize}`,
      Row,
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await unitOfWork({ deps, actor: { id: null, name: 'system' } }, 'attachments.expired', (tx) =>
      tx.attachment.deleteMany({ where: { id: { in: ids }, deletedAt: { lt: before } } }),
    );
    await Promise.all(ids.map((id) => files.remove(id)));
  }
}

/** A day is longer than any upload takes. */
async function removeStrayFiles({ config, database, now }: Dependencies): Promise<void> {
  const yesterday = new Date(now().getTime() - dayMillis);
  for await (const files of attachmentFiles(config).writtenBefore(yesterday)) {
    const ids = files.filter(({ isFinished }) => isFinished).map(({ id }) => id);
    const kept = await database.rows(
      sql`SELECT id::text FROM attachments WHERE id::text = ANY (${ids})`,
      Row,
    );
    const isStray = ({ id, isFinished }: (typeof files)[number]): boolean =>
      !isFinished || !kept.some((row) => row.id === id);
    await Promise.all(files.filter(isStray).map(({ path }) => rm(path, { force: true })));
  }
}

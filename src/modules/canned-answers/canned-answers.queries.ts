import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import type { CannedAnswerListQuery } from './canned-answers.schemas.js';

export const defaultAnswerOrder: ListOrder<'name'> = { name: 'name', descending: false };

const columns = sql`name, shortcut, body, archived_at IS NOT NULL AS "isArchived"`;

const CannedAnswerRow = z.object({
  name: z.string(),
  shortcut: z.string().nullable(),
  body: z.string(),
  isArchived: z.boolean(),
});
export type CannedAnswerRow = z.infer<typeof CannedAnswerRow>;

/** One page of the answers; those in use unless the query asks for others. */
export function listCannedAnswers(
  { deps }: ViewerContext,
  query: CannedAnswerListQuery,
): Promise<ListResult<CannedAnswerRow>> {
  return listPage(deps.database, {
    select: columns,
    from: sql`canned_answers`,
    id: sql`canned_answers.id`,
    where: [
      ...(query.q ? [answerMatches(query.q)] : []),
      ...(query.state === undefined ? [sql`archived_at IS NULL`] : []),
      ...(query.state === 'archived' ? [sql`archived_at IS NOT NULL`] : []),
    ],
    sort: { expression: sql`name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: CannedAnswerRow,
  });
}

/** Answers whose shortcut begins with what stands after a slash, or that hold the typed text; they are few hundred. */
export const answerMatches = (typed: string): Sql =>
  typed.startsWith('/')
    ? sql`starts_with(shortcut, ${typed.slice(1).toLowerCase()})`
    : containsText(sql`name || ' ' || coalesce(shortcut, '') || ' ' || body`, typed);

const CannedAnswerRecord = CannedAnswerRow.extend({ id: z.string(), version: z.number() });

/** An answer with its places as they are written. */
export type CannedAnswerRecord = z.infer<typeof CannedAnswerRecord>;

/** @throws NotFound */
export async function findCannedAnswer({ deps }: ViewerContext, id: string): Promise<CannedAnswerRecord> {
  const [answer] = await deps.database.rows(
    sql`SELECT id::text, version, ${columns} FROM canned_answers WHERE id = ${id}::uuid`,
    CannedAnswerRecord,
  );
  if (!answer) throw new NotFound('no such canned answer');
  return answer;
}

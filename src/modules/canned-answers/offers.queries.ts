import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { articleMatches } from '../articles/article-search.js';
import { answerMatches } from './canned-answers.queries.js';

/** Answers, and articles, that are offered at once. */
export const mostOffered = 10;

const OfferedAnswer = z.object({
  id: z.string(),
  name: z.string(),
  shortcut: z.string().nullable(),
  body: z.string(),
});
const OfferedArticle = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  isPublic: z.boolean(),
});

export type OfferedAnswer = z.infer<typeof OfferedAnswer>;
export type OfferedArticle = z.infer<typeof OfferedArticle>;

/** Answers in use that a typed text finds, an exact shortcut first; without a text the first by name. */
export const offerAnswers = ({ deps }: ViewerContext, typed: string): Promise<OfferedAnswer[]> =>
  deps.database.rows(
    sql`SELECT id::text, name, shortcut, body FROM canned_answers
        WHERE archived_at IS NULL AND ${typed === '' ? sql`TRUE` : answerMatches(typed)}
        ORDER BY '/' || shortcut IS DISTINCT FROM ${typed.toLowerCase()}, name LIMIT ${mostOffered}`,
    OfferedAnswer,
  );

/** Articles in use that hold the typed words, in the title first; without words the latest. A shortcut finds none. */
export const offerArticles = ({ deps }: ViewerContext, typed: string): Promise<OfferedArticle[]> =>
  typed.startsWith('/')
    ? Promise.resolve([])
    : deps.database.rows(
        sql`SELECT id::text, title, body, is_public AS "isPublic" FROM articles
            WHERE archived_at IS NULL AND ${articleMatches(typed)}
            ORDER BY position(lower(${typed}) IN lower(title)) = 0, updated_at DESC, id LIMIT ${mostOffered}`,
        OfferedArticle,
      );

/** @throws NotFound when it is not offered. */
export async function findOfferedAnswer({ deps }: ViewerContext, id: string): Promise<OfferedAnswer> {
  const [answer] = await deps.database.rows(
    sql`SELECT id::text, name, shortcut, body FROM canned_answers WHERE id = ${id}::uuid AND archived_at IS NULL`,
    OfferedAnswer,
  );
  if (!answer) throw new NotFound('no such answer in use');
  return answer;
}

/** @throws NotFound when it is not offered, or not meant for customers. */
export async function findPublicArticle({ deps }: ViewerContext, id: string): Promise<OfferedArticle> {
  const [article] = await deps.database.rows(
    sql`SELECT id::text, title, body, is_public AS "isPublic" FROM articles
        WHERE id = ${id}::uuid AND archived_at IS NULL AND is_public`,
    OfferedArticle,
  );
  if (!article) throw new NotFound('no such public article in use');
  return article;
}

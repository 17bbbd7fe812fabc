import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { readRows } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { cappedCount } from '../service-settings/setting-usage.queries.js';
import { articleMatches } from './article-search.js';
import type { ArticleListQuery } from './articles.schemas.js';

export const defaultArticleOrder: ListOrder<'title' | 'updatedAt'> = { name: 'title', descending: false };

const columns = sql`title, is_public AS "isPublic", archived_at IS NOT NULL AS "isArchived", updated_at AS "updatedAt",
  ${cappedCount(sql`request_entries WHERE article_id = articles.id`)} AS "useCount"`;

const ArticleRow = z.object({
  title: z.string(),
  isPublic: z.boolean(),
  isArchived: z.boolean(),
  updatedAt: z.date(),
  /** Answers and notes that were taken from it; counting ends one above the cap. */
  useCount: z.number(),
});
export type ArticleRow = z.infer<typeof ArticleRow>;

const sorts = {
  title: { expression: sql`title`, type: 'text' },
  updatedAt: { expression: sql`updated_at`, type: 'timestamptz' },
} as const;

/** One page of the articles; those in use unless the query asks for others. */
export function listArticles(
  { deps }: ViewerContext,
  query: ArticleListQuery,
): Promise<ListResult<ArticleRow>> {
  const order = query.sort ?? defaultArticleOrder;
  return listPage(deps.database, {
    select: columns,
    from: sql`articles`,
    id: sql`articles.id`,
    where: [
      ...(query.q ? [articleMatches(query.q)] : []),
      ...(query.audience === undefined ? [] : [sql`is_public = ${query.audience === 'public'}`]),
      ...(query.state === undefined ? [sql`archived_at IS NULL`] : []),
      ...(query.state === 'archived' ? [sql`archived_at IS NOT NULL`] : []),
    ],
    sort: sorts[order.name],
    descending: order.descending,
    cursor: query.after,
    row: ArticleRow,
  });
}

const ArticleRecord = ArticleRow.extend({
  id: z.string(),
  body: z.string(),
  version: z.number(),
  lastVersionNo: z.number(),
});

/** An article as it is now. */
export type ArticleRecord = z.infer<typeof ArticleRecord>;

/** @throws NotFound */
export async function findArticle({ deps }: ViewerContext, id: string): Promise<ArticleRecord> {
  const [article] = await deps.database.rows(
    sql`SELECT id::text, body, version, ${columns},
               (SELECT coalesce(max(version_no), 0) FROM article_versions WHERE article_id = articles.id) AS "lastVersionNo"
        FROM articles WHERE id = ${id}::uuid`,
    ArticleRecord,
  );
  if (!article) throw new NotFound('no such article');
  return article;
}

/** The article if it is still there, kept until the unit of work ends; null for none, or one that was deleted since. */
export async function keepArticle(tx: Transaction, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [article] = await readRows(
    tx,
    sql`SELECT id::text FROM articles WHERE id = ${id}::uuid FOR KEY SHARE`,
    z.object({ id: z.string() }),
  );
  return article?.id ?? null;
}

import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';

/** Versions of an article on one page. */
export const versionsShown = 50;

const VersionRow = z.object({
  versionNo: z.number(),
  title: z.string(),
  createdAt: z.date(),
  authorName: z.string().nullable(),
});
export type VersionRow = z.infer<typeof VersionRow>;

const from = sql`article_versions AS versions LEFT JOIN users ON users.id = versions.author_id`;
const columns = sql`versions.version_no AS "versionNo", versions.title, versions.created_at AS "createdAt", users.name AS "authorName"`;

/** The versions of an article before one of them, latest first, one more than a page. */
export const listVersions = (
  { deps }: ViewerContext,
  articleId: string,
  before: number | undefined,
): Promise<VersionRow[]> =>
  deps.database.rows(
    sql`SELECT ${columns} FROM ${from}
        WHERE versions.article_id = ${articleId}::uuid AND versions.version_no < ${before ?? 2_147_483_647}
        ORDER BY versions.version_no DESC LIMIT ${versionsShown + 1}`,
    VersionRow,
  );

const VersionRecord = VersionRow.extend({ body: z.string() });
export type VersionRecord = z.infer<typeof VersionRecord>;

/** An article as it once was. @throws NotFound */
export async function findVersion(
  { deps }: ViewerContext,
  articleId: string,
  versionNo: number,
): Promise<VersionRecord> {
  const [version] = await deps.database.rows(
    sql`SELECT ${columns}, versions.body FROM ${from}
        WHERE versions.article_id = ${articleId}::uuid AND versions.version_no = ${versionNo}`,
    VersionRecord,
  );
  if (!version) throw new NotFound('no such version of the article');
  return version;
}

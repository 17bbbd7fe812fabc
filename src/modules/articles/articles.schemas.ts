import { z } from 'zod';
import { checkbox, optionalFilter, requiredText, rowVersion, uuid, wholeNumber } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { articleLimits } from './article.js';

const fields = {
  title: requiredText(articleLimits.title),
  body: requiredText(articleLimits.body),
  isPublic: checkbox,
};

const versionNo = wholeNumber(1, 1_000_000);

/** `id` is made with the form: sent twice, it creates once. */
export const NewArticleForm = z.strictObject({ id: uuid, ...fields });
export const ArticleForm = z.strictObject({ version: rowVersion, ...fields });
export const ArticleArchivalForm = z.strictObject({});
export const ArticleDeletionForm = z.strictObject({ version: rowVersion });
export const ArticleRestorationForm = z.strictObject({ version: rowVersion, versionNo });
export const ArticleParams = z.strictObject({ id: uuid });

/** Which version is read, and from which one back they are listed. */
export const ArticleQuery = z.strictObject({
  versionNo: optionalFilter(versionNo),
  before: optionalFilter(versionNo),
});

export const ArticleListQuery = z.strictObject({
  ...listParameters(['title', 'updatedAt']),
  audience: optionalFilter(z.enum(['public', 'internal'])),
  state: optionalFilter(z.enum(['archived', 'all'])),
});

export type NewArticle = z.output<typeof NewArticleForm>;
export type ArticleChange = z.output<typeof ArticleForm>;
export type ArticleRestoration = z.output<typeof ArticleRestorationForm>;
export type ArticleListQuery = z.output<typeof ArticleListQuery>;

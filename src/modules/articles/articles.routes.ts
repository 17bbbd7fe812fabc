import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import {
  articleDeletionView,
  articleForm,
  articleSpecs,
  changeArticleView,
  newArticleView,
  storedArticle,
} from './article-form.views.js';
import { articleVersionView, articleView } from './article-show.views.js';
import { findVersion, listVersions } from './article-versions.queries.js';
import { articlesPath } from './article.js';
import { articlesView } from './articles-list.views.js';
import { findArticle, listArticles } from './articles.queries.js';
import {
  ArticleArchivalForm,
  ArticleDeletionForm,
  ArticleForm,
  ArticleListQuery,
  ArticleParams,
  ArticleQuery,
  ArticleRestorationForm,
  NewArticleForm,
} from './articles.schemas.js';
import {
  archiveArticle,
  changeArticle,
  createArticle,
  deleteArticle,
  restoreVersion,
  unarchiveArticle,
} from './articles.service.js';

const permission = 'answers:manage';

export const articleRoutes = [
  route.get(articlesPath, {
    permission: 'service-requests:read',
    query: ArticleListQuery,
    handler: async (context, { query }) =>
      page('admin/list', articlesView(context, query, await listArticles(context, query))),
  }),
  route.get(`${articlesPath}/new`, {
    permission,
    handler: (context) => page('admin/form', newArticleView(context)),
  }),
  route.post(articlesPath, {
    permission,
    body: NewArticleForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', newArticleView(context, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createArticle(context, body);
      return backTo(body.id, 'serviceSettings.created', body.title);
    },
  }),
  route.get(`${articlesPath}/:id`, {
    permission: 'service-requests:read',
    params: ArticleParams,
    query: ArticleQuery,
    handler: (context, { params, query }) => showPage(context, params.id, query),
  }),
  route.get(`${articlesPath}/:id/edit`, {
    permission,
    params: ArticleParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${articlesPath}/:id`, {
    permission,
    params: ArticleParams,
    body: ArticleForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeArticle(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return articleConflict(context, params.id, typed);
        throw error;
      }
      return backTo(params.id, 'serviceSettings.saved', body.title);
    },
  }),
  route.post(`${articlesPath}/:id/restoration`, {
    permission,
    params: ArticleParams,
    body: ArticleRestorationForm,
    handler: async (context, { params, body }) => {
      await restoreVersion(context, params.id, body);
      return backTo(params.id, 'articles.restored', String(body.versionNo));
    },
  }),
  route.post(`${articlesPath}/:id/archival`, {
    permission,
    params: ArticleParams,
    body: ArticleArchivalForm,
    handler: async (context, { params }) =>
      backTo(params.id, 'articles.archivedNow', await archiveArticle(context, params.id)),
  }),
  route.post(`${articlesPath}/:id/archival/removal`, {
    permission,
    params: ArticleParams,
    body: ArticleArchivalForm,
    handler: async (context, { params }) =>
      backTo(params.id, 'serviceSettings.unarchivedNow', await unarchiveArticle(context, params.id)),
  }),
  route.get(`${articlesPath}/:id/deletion`, {
    permission,
    params: ArticleParams,
    handler: async (context, { params }) =>
      page('admin/confirm', articleDeletionView(context, await findArticle(context, params.id))),
  }),
  route.post(`${articlesPath}/:id/deletion`, {
    permission,
    params: ArticleParams,
    body: ArticleDeletionForm,
    handler: async (context, { params, body }) => {
      const { actionId, title: name } = await deleteArticle(context, params.id, body.version);
      const undo = `/recent-actions/${actionId}/undo`;
      return redirect(articlesPath, {
        kind: 'success',
        key: 'serviceSettings.deleted',
        params: { name },
        undo,
      });
    },
  }),
];

const backTo = (
  id: string,
  key:
    | 'serviceSettings.created'
    | 'serviceSettings.saved'
    | 'articles.restored'
    | 'articles.archivedNow'
    | 'serviceSettings.unarchivedNow',
  name: string,
): Reply => redirect(`${articlesPath}/${id}`, { kind: 'success', key, params: { name } });

async function showPage(
  context: ViewerContext,
  id: string,
  { versionNo, before }: { readonly versionNo?: number | undefined; readonly before?: number | undefined },
): Promise<Reply> {
  if (versionNo === undefined) {
    const [article, versions] = await Promise.all([
      findArticle(context, id),
      listVersions(context, id, before),
    ]);
    return page('admin/record', articleView(context, article, versions));
  }
  const [article, version] = await Promise.all([
    findArticle(context, id),
    findVersion(context, id, versionNo),
  ]);
  return page('articles/version', articleVersionView(context, article, version));
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = changeArticleView(context, await findArticle(context, id), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function articleConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const article = await findArticle(context, id);
  return conflictPage(context, {
    table: 'articles',
    recordId: id,
    name: article.title,
    recordHref: `${articlesPath}/${id}`,
    specs: articleSpecs,
    stored: storedArticle(article),
    typed,
    editForm: articleForm(context, article, { ...typed, version: String(article.version) }),
  });
}

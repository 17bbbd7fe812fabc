import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatCappedCount } from '../../core/format.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { usageCap } from '../service-settings/setting-usage.queries.js';
import { articleLimits, articlesPath } from './article.js';
import type { ArticleRecord } from './articles.queries.js';

export const articleSpecs: readonly FieldSpec[] = [
  { name: 'title', label: 'articles.name', kind: 'text', required: true, maxLength: articleLimits.title },
  {
    name: 'body',
    label: 'articles.body',
    kind: 'textarea',
    required: true,
    maxLength: articleLimits.body,
    help: 'articles.bodyHelp',
  },
  { name: 'isPublic', label: 'articles.isPublic', kind: 'checkbox', help: 'articles.isPublicHelp' },
];

/** The page for a new article; with values and problems after a refusal. */
export function newArticleView(
  context: ViewerContext,
  values: FormValues = {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('articles.new');
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('articles.title'), href: articlesPath }] }),
    editForm: {
      action: articlesPath,
      form: formView(t, articleSpecs, values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('serviceSettings.create'),
      cancelHref: articlesPath,
    },
  };
}

/** The page that changes an article. */
export function changeArticleView(
  context: ViewerContext,
  article: ArticleRecord,
  values: FormValues = storedArticle(article),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('serviceSettings.change', { name: article.title });
  return {
    title,
    header: pageHeader(title, { trail: articleTrail(context, article) }),
    editForm: articleForm(context, article, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function articleForm(
  { t }: ViewerContext,
  article: ArticleRecord,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const own = `${articlesPath}/${article.id}`;
  const { version } = values;
  return {
    action: own,
    form: formView(t, articleSpecs, values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(article.version) }],
    submitLabel: t('form.save'),
    cancelHref: own,
  };
}

/** What is stored, by the names of the form's fields. */
export const storedArticle = ({ title, body, isPublic }: ArticleRecord): FormValues => ({
  title,
  body,
  isPublic,
});

/** The page before a deletion: an article that was used can only be archived, and it says how often. */
export function articleDeletionView(context: ViewerContext, article: ArticleRecord): AdminConfirmView {
  const { t, locale } = context;
  const own = `${articlesPath}/${article.id}`;
  const { title: name, useCount, isArchived } = article;
  const title = t('serviceSettings.delete', { name });
  const isUsed = useCount > 0;
  const number = formatCappedCount(useCount, usageCap, locale);
  return {
    title,
    header: pageHeader(title, { trail: articleTrail(context, article) }),
    confirm: {
      action: isUsed ? `${own}/archival${isArchived ? '/removal' : ''}` : `${own}/deletion`,
      question: t(isUsed ? 'serviceSettings.inUseQuestion' : 'serviceSettings.deleteQuestion', { name }),
      consequences: isUsed
        ? [t('articles.usedBy', { count: useCount, number }), t('articles.archivalKeeps')]
        : [t('articles.deleteVersions', { count: article.lastVersionNo }), t('tags.deleteUndo')],
      hidden: isUsed ? [] : [{ name: 'version', value: String(article.version) }],
      confirmLabel: isUsed
        ? t(isArchived ? 'serviceSettings.unarchive' : 'serviceSettings.archive')
        : t('form.delete'),
      cancelHref: own,
      isDestructive: !isUsed,
    },
  };
}

/** The way up from the pages below that of an article. */
export const articleTrail = (
  { t }: ViewerContext,
  { id, title }: Pick<ArticleRecord, 'id' | 'title'>,
): PageHeaderView['trail'] => [
  { label: t('articles.title'), href: articlesPath },
  { label: title, href: `${articlesPath}/${id}` },
];

import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatDateTime, formatNumber } from '../../core/format.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import {
  pageHeader,
  plainRows,
  type AdminConfirmView,
  type AdminRecordView,
  type SectionView,
} from '../admin/admin-pages.js';
import { stateCell } from '../canned-answers/in-use.js';
import { usageCap } from '../service-settings/setting-usage.queries.js';
import { articleTrail } from './article-form.views.js';
import { versionsShown, type VersionRecord, type VersionRow } from './article-versions.queries.js';
import { articlesPath } from './article.js';
import { audienceCell } from './audience.js';
import type { ArticleRecord } from './articles.queries.js';

/** The page of an article with its versions. */
export function articleView(
  context: ViewerContext,
  article: ArticleRecord,
  versions: readonly VersionRow[],
): AdminRecordView {
  const { t, locale, viewer } = context;
  const isManager = can(viewer, 'answers:manage');
  const own = `${articlesPath}/${article.id}`;
  const archival = article.isArchived
    ? { action: `${own}/archival/removal`, label: t('serviceSettings.unarchive'), spokenLabel: '' }
    : { action: `${own}/archival`, label: t('serviceSettings.archive'), spokenLabel: '' };
  return {
    title: article.title,
    header: pageHeader(article.title, {
      trail: [{ label: t('articles.title'), href: articlesPath }],
      actions: isManager ? actions(context, own) : [],
    }),
    notice: article.isArchived ? t('articles.archivedNotice') : '',
    definitions: [
      { label: t('articles.audience'), value: audienceCell(context, article) },
      {
        label: t('articles.used'),
        value: {
          text: t('articles.usedTimes', {
            count: article.useCount,
            number: formatCappedCount(article.useCount, usageCap, locale),
          }),
        },
      },
      { label: t('articles.version'), value: { text: formatNumber(article.lastVersionNo, locale) } },
      { label: t('serviceSettings.state'), value: stateCell(context, article) },
    ],
    buttons: isManager ? [archival] : [],
    text: { title: t('articles.body'), text: article.body },
    sections: [versionsSection(context, own, versions)],
  };
}

function versionsSection(
  { t, locale }: ViewerContext,
  own: string,
  versions: readonly VersionRow[],
): SectionView {
  const shown = versions.slice(0, versionsShown);
  const last = shown.at(-1);
  return {
    id: 'versions',
    title: t('articles.versions'),
    columns: [t('articles.version'), t('articles.name'), t('articles.savedAt'), t('articles.savedBy')],
    rows: plainRows(
      shown.map(({ versionNo, title, createdAt, authorName }) => [
        { text: formatNumber(versionNo, locale), href: `${own}?versionNo=${versionNo}` },
        { text: title },
        { text: formatDateTime(createdAt, locale) },
        { text: authorName ?? '' },
      ]),
    ),
    emptyText: t('articles.noVersions'),
    more:
      versions.length > versionsShown && last
        ? { label: t('articles.olderVersions'), href: `${own}?before=${last.versionNo}` }
        : undefined,
  };
}

/** An article as it was, with the way to bring that back for those who may. */
export function articleVersionView(
  context: ViewerContext,
  article: ArticleRecord,
  version: VersionRecord,
): ArticleVersionView {
  const { t, locale, viewer } = context;
  const own = `${articlesPath}/${article.id}`;
  const params = {
    number: formatNumber(version.versionNo, locale),
    date: formatDateTime(version.createdAt, locale),
    name: version.authorName ?? '–',
  };
  const isOld = version.versionNo < article.lastVersionNo;
  const question = t('articles.versionTitle', { number: params.number, title: article.title });
  return {
    title: question,
    header: pageHeader(version.title, {
      subtitle: t('articles.versionOf', params),
      trail: articleTrail(context, article),
    }),
    body: version.body,
    confirm:
      isOld && can(viewer, 'answers:manage')
        ? {
            action: `${own}/restoration`,
            question: t('articles.restoreQuestion', { number: params.number }),
            consequences: [t('articles.restoreKeeps')],
            hidden: [
              { name: 'version', value: String(article.version) },
              { name: 'versionNo', value: String(version.versionNo) },
            ],
            confirmLabel: t('articles.restore'),
            cancelHref: own,
            isDestructive: false,
          }
        : undefined,
  };
}

export interface ArticleVersionView extends Pick<AdminRecordView, 'title' | 'header'> {
  readonly body: string;
  /** Absent for the version that is in use, and for those who may not. */
  readonly confirm: AdminConfirmView['confirm'] | undefined;
}

const actions = ({ t }: ViewerContext, own: string): PageActionView[] => [
  { label: t('form.edit'), href: `${own}/edit`, icon: 'pencil', emphasis: 'primary', shortcut: 'e' },
  { label: t('form.delete'), href: `${own}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
];

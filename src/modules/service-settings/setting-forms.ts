import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatCappedCount } from '../../core/format.js';
import type { MessageKey } from '../../core/i18n.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import type { SettingRecord } from './setting-kind.js';
import { usageCap, type Usage } from './setting-usage.queries.js';

export const settingsPath = '/admin/service-settings';

/** Where a form belongs and what it shows. */
export interface SettingFormParts {
  readonly path: string;
  /** That of the page with all of them. */
  readonly listTitle: MessageKey;
  readonly specs: readonly FieldSpec[];
  readonly values: FormValues;
  readonly problems?: readonly Problem[] | undefined;
}

/** The way up from the pages below an index of settings. */
export const settingTrail = ({ t }: ViewerContext, listTitle: MessageKey, path: string) => [
  { label: t('serviceSettings.title'), href: settingsPath },
  { label: t(listTitle), href: path },
];

/** The page for a new setting. */
export function newSettingView(
  context: ViewerContext,
  title: string,
  { path, listTitle, specs, values, problems }: SettingFormParts,
): AdminFormView {
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: settingTrail(context, listTitle, path) }),
    editForm: {
      action: path,
      form: formView(context.t, specs, values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: context.t('serviceSettings.create'),
      cancelHref: path,
    },
  };
}

/** The page that changes a setting. */
export function changeSettingView(
  context: ViewerContext,
  stored: SettingRecord,
  name: string,
  parts: SettingFormParts,
): AdminFormView {
  const { t } = context;
  const title = t('serviceSettings.change', { name });
  const remove: PageActionView = {
    label: t('form.delete'),
    href: `${parts.path}/${stored.id}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  };
  return {
    title,
    header: pageHeader(title, {
      trail: settingTrail(context, parts.listTitle, parts.path),
      actions: [remove],
    }),
    editForm: changeSettingForm(context, stored, parts),
  };
}

/** Its form alone; `version` in the values is what it was opened with. */
export function changeSettingForm(
  { t }: ViewerContext,
  stored: SettingRecord,
  { path, specs, values, problems }: SettingFormParts,
): EditFormView {
  const { version } = values;
  return {
    action: `${path}/${stored.id}`,
    form: formView(t, specs, values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(stored.version) }],
    submitLabel: t('form.save'),
    cancelHref: path,
  };
}

/** The page before a deletion. What is in use cannot be deleted: the page says by whom, and offers to archive it. */
export function settingDeletionView(
  context: ViewerContext,
  stored: SettingRecord,
  name: string,
  place: Pick<SettingFormParts, 'path' | 'listTitle'>,
  usage: readonly Usage[],
): AdminConfirmView {
  const { t } = context;
  const own = `${place.path}/${stored.id}`;
  const title = t('serviceSettings.delete', { name });
  const header = pageHeader(title, { trail: settingTrail(context, place.listTitle, place.path) });
  const cancelHref = stored.isArchived ? place.path : `${own}/edit`;
  if (usage.length === 0) {
    return {
      title,
      header,
      confirm: {
        action: `${own}/deletion`,
        question: t('serviceSettings.deleteQuestion', { name }),
        consequences: [t('serviceSettings.unused'), t('tags.deleteUndo')],
        hidden: [{ name: 'version', value: String(stored.version) }],
        confirmLabel: t('form.delete'),
        cancelHref,
        isDestructive: true,
      },
    };
  }
  return {
    title,
    header,
    confirm: {
      action: stored.isArchived ? `${own}/archival/removal` : `${own}/archival`,
      question: t('serviceSettings.inUseQuestion', { name }),
      consequences: [...usageTexts(context, usage), t('serviceSettings.archivalKeeps')],
      hidden: [],
      confirmLabel: t(stored.isArchived ? 'serviceSettings.unarchive' : 'serviceSettings.archive'),
      cancelHref,
      isDestructive: false,
    },
  };
}

const usageTexts = ({ t, locale }: ViewerContext, usage: readonly Usage[]): string[] =>
  usage.map(({ who, count }) =>
    t(`serviceSettings.usedBy.${who}`, { count, number: formatCappedCount(count, usageCap, locale) }),
  );

import type { ViewerContext } from '../../core/context.js';
import type { FormValues } from '../../core/form.js';
import { formatCappedCount, formatDateTime, formatNumber } from '../../core/format.js';
import type { MessageKey } from '../../core/i18n.js';
import type { ConfirmView } from '../../core/views/confirm-view.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView } from '../admin/admin-pages.js';
import type { DeadlinePreview, MovedDeadline } from './preview-deadlines.queries.js';

/** What is about to be saved, and how the form that saves it is sent. */
export interface PreviewedChange extends Pick<ConfirmView, 'action' | 'question' | 'cancelHref'> {
  readonly trail: PageHeaderView['trail'];
  readonly typed: FormValues;
}

/** The page between a form of rules and its saving: what would change in open requests, in numbers. */
export function deadlinePreviewView(
  context: ViewerContext,
  { action, question, cancelHref, trail, typed }: PreviewedChange,
  preview: DeadlinePreview,
): AdminConfirmView {
  const { t } = context;
  const title = t('deadlines.preview.title');
  return {
    title,
    header: pageHeader(title, { trail }),
    confirm: {
      ...{ action, question, cancelHref, isDestructive: false },
      consequences: consequences(context, preview),
      hidden: confirmingFields(typed),
      confirmLabel: t('deadlines.preview.confirm'),
    },
  };
}

/** What the form that confirms sends: what was typed, and that its effect was seen. */
export const confirmingFields = (typed: FormValues): HiddenFieldView[] => [
  ...Object.entries(typed).flatMap(([name, value]) =>
    ['_csrf', 'isPreviewed'].includes(name) ? [] : texts(value).map((text) => ({ name, value: text })),
  ),
  { name: 'isPreviewed', value: 'on' },
];

const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(texts) : [];

function consequences(context: ViewerContext, preview: DeadlinePreview): string[] {
  const { t, locale } = context;
  const requests = formatCappedCount(preview.requests + (preview.isCapped ? 1 : 0), preview.requests, locale);
  const sentence = (key: CountedKey, count: number): string[] =>
    count === 0 ? [] : [t(`deadlines.preview.${key}`, { count, number: formatNumber(count, locale) })];
  const changes = [
    ...sentence('otherPolicy', preview.otherPolicy),
    ...sentence('earlier', preview.earlier),
    ...sentence('later', preview.later),
    ...sentence('added', preview.added),
    ...sentence('removed', preview.removed),
    ...sentence('lateAtOnce', preview.lateAtOnce),
  ];
  return [
    t('deadlines.preview.requests', { count: preview.requests, number: requests }),
    ...(preview.isCapped
      ? [t('deadlines.preview.capped', { number: formatNumber(preview.requests, locale) })]
      : []),
    ...(changes.length > 0 ? changes : [t('deadlines.preview.nothing')]),
    ...preview.examples.map((move) => exampleText(context, move)),
  ];
}

type CountedKey = 'otherPolicy' | 'earlier' | 'later' | 'added' | 'removed' | 'lateAtOnce';

function exampleText({ t, locale }: ViewerContext, { requestNo, kind, from, to }: MovedDeadline): string {
  const key: MessageKey =
    from === null
      ? 'deadlines.preview.exampleAdded'
      : to === null
        ? 'deadlines.preview.exampleRemoved'
        : 'deadlines.preview.exampleMoved';
  return t(key, {
    number: requestNo,
    deadline: t(`deadlines.kind.${kind}`),
    from: from ? formatDateTime(from, locale) : '',
    to: to ? formatDateTime(to, locale) : '',
  });
}

import type { ConfirmView } from '../../core/views/confirm-view.js';
import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FormValues } from '../../core/form.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { clockText } from '../follow-ups/clock-time.js';
import { wallTime } from '../follow-ups/zoned-time.js';
import { contactFieldSpecs, type ContactFormView } from './contact-form.js';
import { contactTitle } from './contact-labels.js';
import type { ContactRecordRow } from './contact-records.queries.js';
import { customerTrail, type NamedCustomer } from '../customers/customer-trail.js';

interface ContactPageView {
  readonly title: string;
  readonly header: PageHeaderView;
}

export interface NewContactRecordView extends ContactPageView {
  readonly contactForm: ContactFormView;
}

export interface ContactRecordView extends ContactPageView {
  readonly definitions: readonly DefinitionView[];
  readonly summary: string;
  readonly finished: readonly { readonly label: string; readonly href: string }[];
}

export interface EditContactRecordView extends ContactPageView {
  readonly editForm: EditFormView;
}

export interface ContactRecordDeletionView extends ContactPageView {
  readonly confirm: ConfirmView;
}

/** The form on a page of its own. */
export function newContactRecordView(
  context: ViewerContext,
  customer: NamedCustomer,
  contactForm: ContactFormView,
): NewContactRecordView {
  const title = context.t('contactRecords.newFor', { name: customer.name });
  return { title, header: header(context, title, customer), contactForm };
}

/** One contact record with everything that was written down. */
export function contactRecordView(context: ViewerContext, record: ContactRecordRow): ContactRecordView {
  const { t, locale, deps } = context;
  const title = contactTitle(t, record);
  const happened = {
    text: formatDateTime(record.happened_at, locale),
    title: formatRelative(record.happened_at, deps.now(), locale),
  };
  return {
    title,
    header: {
      ...header(context, title, customerOf(record)),
      actions: actions(context, record),
    },
    definitions: [
      { label: t('contactRecords.customer'), value: customerCell(record) },
      { label: t('contactRecords.happenedAt'), value: happened },
      { label: t('contactRecords.staff'), value: { text: record.staff_name ?? '' } },
      { label: t('contactRecords.channel'), value: { text: t(`contactRecords.channel.${record.channel}`) } },
      {
        label: t('contactRecords.direction'),
        value: { text: t(`contactRecords.direction.${record.direction}`) },
      },
      { label: t('contactRecords.outcome'), value: { text: t(`contactRecords.outcome.${record.outcome}`) } },
    ],
    summary: record.summary,
    finished: record.finished.map(({ id, action }) => ({ label: action, href: `/follow-ups/${id}` })),
  };
}

/** The page that changes a contact record. */
export function editContactRecordView(
  context: ViewerContext,
  record: ContactRecordRow,
  values: FormValues = storedValues(record),
  problems: readonly Problem[] = [],
): EditContactRecordView {
  const { t } = context;
  const title = t('contactRecords.edit', { name: record.customer_name });
  const { version } = values;
  return {
    title,
    header: header(context, title, customerOf(record)),
    editForm: {
      action: `/contact-records/${record.id}`,
      form: formView(t, contactFieldSpecs(context), values, problems),
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(record.version) }],
      submitLabel: t('form.save'),
      cancelHref: `/contact-records/${record.id}`,
    },
  };
}

/** The page before a deletion: it says what will happen. */
export function contactRecordDeletionView(
  context: ViewerContext,
  record: ContactRecordRow,
): ContactRecordDeletionView {
  const { t, locale } = context;
  const title = t('contactRecords.delete', { name: record.customer_name });
  return {
    title,
    header: header(context, title, customerOf(record)),
    confirm: {
      action: `/contact-records/${record.id}/deletion`,
      question: t('contactRecords.deleteQuestion', {
        contact: contactTitle(t, record),
        time: formatDateTime(record.happened_at, locale),
      }),
      consequences: [
        t('contactRecords.deleteConsequence'),
        ...(record.finished.length > 0
          ? [t('contactRecords.deleteFollowUps', { count: record.finished.length })]
          : []),
      ],
      hidden: [{ name: 'version', value: String(record.version) }],
      confirmLabel: t('contactRecords.deleteConfirm'),
      cancelHref: `/contact-records/${record.id}`,
      isDestructive: true,
    },
  };
}

/** What is saved, by the names of the form's fields. */
export function storedValues(record: ContactRecordRow): FormValues {
  const { day, minute } = wallTime(record.happened_at);
  return {
    channel: record.channel,
    direction: record.direction,
    outcome: record.outcome,
    summary: record.summary,
    happenedOn: day,
    happenedTime: clockText(minute),
  };
}

const customerOf = (record: ContactRecordRow): NamedCustomer => ({
  id: record.customer_id,
  name: record.customer_name,
});

const customerCell = (record: ContactRecordRow) => ({
  text: `${record.customer_name} ${record.customer_no}`,
  href: `/customers/${record.customer_id}`,
});

function actions({ t }: ViewerContext, record: ContactRecordRow): PageActionView[] {
  if (!record.can_edit) return [];
  const path = `/contact-records/${record.id}`;
  return [
    { label: t('form.edit'), href: `${path}/edit`, icon: 'pencil', emphasis: 'primary', shortcut: 'e' },
    { label: t('form.delete'), href: `${path}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
  ];
}

const header = (context: ViewerContext, title: string, customer: NamedCustomer): PageHeaderView => ({
  title,
  count: '',
  subtitle: '',
  trail: customerTrail(context, customer),
  actions: [],
});

import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import {
  ageInYears,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatRelative,
} from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { formatPhoneForDisplay } from '../../core/phone.js';
import type { TimelineView } from '../../core/views/timeline-view.js';
import { can } from '../../core/viewer.js';
import { attachmentCardView, type AttachmentCardView } from '../attachments/attachment-card.js';
import { contactFormView, type ContactFormView } from '../contact-records/contact-form.js';
import { dueCell } from '../follow-ups/due-text.js';
import type { FollowUpOwner } from '../follow-ups/follow-up-owners.queries.js';
import type { OpenFollowUp } from '../follow-ups/follow-ups.queries.js';
import { customValueText } from '../custom-fields/custom-value-text.js';
import type { CustomerTier } from '../tiers/customer-tier.queries.js';
import { segmentCardItems, type SegmentCardItem } from '../segments/segment-card.js';
import { tierCardView, type TierCardView } from '../tiers/tier-card.js';
import { poolDefinitions } from '../public-pool/customer-pool.js';
import { rhythmDefinitions } from '../visit-rhythm/visit-rhythm.js';
import { contactsCardView, type ContactsCardView } from '../customer-contacts/contacts-card.js';
import { personalDataActions } from '../erasures/personal-data-actions.js';
import type { Person } from './collaborator.js';
import { collaboratorsView, type CollaboratorsView } from './collaborators.views.js';
import { personalLinksAction } from '../personal-links/personal-links-action.js';
import { serviceActions } from '../return-visits/service-actions.js';
import { thingsCardView, type ThingsCardView } from '../served-things/things-card.js';
import { customerRequestsCard, type RequestsCardView } from '../service-requests/requests-card.js';
import { contactCardView, type ContactCardView } from './contact-card.views.js';
import type { ContactField } from './contact-details.js';
import { customerTagsView, type CustomerTagsView } from './customer-tags.views.js';
import type { TimelineRow } from './customer-timeline.queries.js';
import { customerTimelineView } from './customer-timeline.views.js';
import { today, type CustomerRecord } from './customers.queries.js';
import { profileFields } from './customers.schemas.js';
import type { RefusedForms } from './refused-form.js';

export interface FollowUpItemView {
  readonly action: string;
  readonly href: string;
  readonly due: CellView;
  readonly owner: string;
}

/** A text with lines of its own under a heading. */
export interface LongTextView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface CustomerShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly contact: ContactCardView;
  /** Who speaks for the customer; absent for people who need nobody. */
  readonly contacts: ContactsCardView | undefined;
  /** Absent where nothing is served. */
  readonly things: ThingsCardView | undefined;
  /** Absent for those who may not read requests. */
  readonly requests: RequestsCardView | undefined;
  readonly tags: CustomerTagsView;
  readonly collaborators: CollaboratorsView;
  readonly attachments: AttachmentCardView;
  /** Absent where no tiers are defined. */
  readonly tier: TierCardView | undefined;
  readonly segments: readonly SegmentCardItem[];
  readonly summary: readonly DefinitionView[];
  /** Custom fields; empty where none is defined. */
  readonly customFields: readonly DefinitionView[];
  readonly consumption: readonly DefinitionView[];
  /** Longer texts about the customer, those that are there. */
  readonly texts: readonly LongTextView[];
  readonly timeline: TimelineView;
  readonly newPurchaseHref: string;
  /** Absent for those who may not write contact records. */
  readonly contactForm: ContactFormView | undefined;
  readonly followUps: readonly FollowUpItemView[];
  /** '' for those who may not plan. */
  readonly newFollowUpHref: string;
}

/** What belongs to the customer besides the record itself. */
export interface CustomerSurroundings {
  readonly timeline: readonly TimelineRow[];
  readonly open: readonly OpenFollowUp[];
  readonly owners: readonly FollowUpOwner[];
  /** Names of tags that can be added; empty for those who may not. */
  readonly tagNames: readonly string[];
  /** Who can be chosen as a collaborator; empty for those who may not. */
  readonly people: readonly Person[];
  readonly refused: RefusedForms;
  readonly tier: CustomerTier | undefined;
}

/** The record of one customer. */
export function customerShowView(
  context: ViewerContext,
  customer: CustomerRecord,
  { timeline, open, owners, tagNames, tier, people, refused }: CustomerSurroundings,
): CustomerShowView {
  const { t, viewer } = context;
  const path = `/customers/${customer.id}`;
  const title = customer.name;
  const files = { href: path, attachments: customer.attachments, canChange: customer.can_edit };
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: customer.customer_no,
      trail: [{ label: t('navigation.customers'), href: '/customers' }],
      actions: actions(context, customer),
      more: moreActions(context, customer),
    },
    contact: contactCardView(context, customer, refused.contactPoint),
    contacts: contactsCardView(context, customer),
    things: thingsCardView(context, customer),
    requests: customerRequestsCard(context, customer.id, customer.open_requests),
    tags: customerTagsView(context, customer, tagNames, refused.tag),
    attachments: attachmentCardView(context, files, refused.attachment),
    collaborators: collaboratorsView(context, customer, people, refused.collaborator),
    tier: tierCardView(context, customer.id, tier),
    segments: segmentCardItems(customer.id, customer.segments),
    summary: summary(context, customer),
    customFields: customer.custom_fields.map((field) => ({
      label: field.label,
      value: { text: customValueText(context, field, customer.custom_values[field.key]) },
    })),
    consumption: consumption(context, customer),
    texts: longTexts(context, customer),
    timeline: customerTimelineView(context, customer, timeline),
    newPurchaseHref: customer.can_add_purchases ? `${path}/purchases/new` : '',
    contactForm: customer.can_add_contact_records
      ? contactFormView(context, { customerId: customer.id, open, owners })
      : undefined,
    followUps: open.map((followUp) => followUpItem(context, followUp)),
    newFollowUpHref: can(viewer, 'follow-ups:manage') ? `${path}/follow-ups/new` : '',
  };
}

function longTexts({ t }: ViewerContext, customer: CustomerRecord): LongTextView[] {
  return [...profileFields, 'remark' as const].flatMap((name) => {
    const text = customer[name];
    return text === null ? [] : [{ id: `${name}-heading`, title: t(`customers.${name}`), text }];
  });
}

/** A revealed value, grouped for reading. */
export const revealedText = (field: ContactField, value: string): string =>
  field === 'phone' ? formatPhoneForDisplay(value) : value;

function actions({ t }: ViewerContext, customer: CustomerRecord): PageActionView[] {
  if (!customer.can_edit) return [];
  const edit = { label: t('form.edit'), href: `/customers/${customer.id}/edit`, icon: 'pencil' };
  return [{ ...edit, emphasis: 'primary', shortcut: 'e' }];
}

/** What is done now and then; at the end, what cannot be taken back. */
function moreActions(context: ViewerContext, customer: CustomerRecord): PageActionView[] {
  const { t, viewer } = context;
  const path = `/customers/${customer.id}`;
  return [
    ...serviceActions(context, customer.id),
    ...personalLinksAction(context, customer),
    ...(customer.can_edit && customer.owner_id !== null
      ? [
          {
            label: t('publicPool.release'),
            href: `${path}/release`,
            icon: 'inbox',
            emphasis: 'plain' as const,
            shortcut: '' as const,
          },
        ]
      : []),
    ...(can(viewer, 'audit-log:read')
      ? [
          {
            label: t('customers.history'),
            href: `/admin/audit-log?table=customers&record=${customer.id}`,
            icon: 'history',
            emphasis: 'plain' as const,
            shortcut: '' as const,
          },
        ]
      : []),
    ...(customer.can_merge
      ? [
          {
            label: t('duplicates.merge'),
            href: `${path}/merge`,
            icon: 'arrow-merge',
            emphasis: 'plain' as const,
            shortcut: '' as const,
          },
        ]
      : []),
    ...personalDataActions(context, customer.id),
    ...(customer.can_delete
      ? [
          {
            label: t('form.delete'),
            href: `${path}/deletion`,
            icon: 'trash',
            emphasis: 'danger' as const,
            shortcut: '' as const,
          },
        ]
      : []),
  ];
}

/** What is to be done, as a link, and when and by whom. */
function followUpItem(context: ViewerContext, followUp: OpenFollowUp): FollowUpItemView {
  return {
    action: followUp.action,
    href: `/follow-ups/${followUp.id}`,
    due: dueCell(context, followUp),
    owner: followUp.owner_name,
  };
}

function summary(context: ViewerContext, customer: CustomerRecord): DefinitionView[] {
  const { t, locale, deps } = context;
  return [
    ...(customer.kind === 'company' ? [companyMark(context)] : personalFacts(context, customer)),
    { label: t('customers.city'), value: { text: customer.city ?? '' } },
    { label: t('customers.source'), value: { text: customer.source ?? '' } },
    { label: t('customers.firstVisitOn'), value: { text: formatDay(customer.first_visit_on, locale) } },
    {
      label: t('customers.lastContact'),
      value:
        customer.last_contact_at === null
          ? { text: '' }
          : {
              text: formatRelative(customer.last_contact_at, deps.now(), locale),
              title: formatDateTime(customer.last_contact_at, locale),
            },
    },
    { label: t('customers.owner'), value: { text: customer.owner_name ?? t('customers.ownerNone') } },
    ...poolDefinitions(context, customer.pool),
    { label: t('customers.team'), value: { text: customer.team_name ?? '' } },
    { label: t('customers.branch'), value: { text: customer.branch_name ?? '' } },
    {
      label: t('customers.createdAt'),
      value: {
        text: formatRelative(customer.created_at, deps.now(), locale),
        title: formatDateTime(customer.created_at, locale),
      },
    },
  ];
}

const companyMark = ({ t }: ViewerContext): DefinitionView => ({
  label: t('customers.kind'),
  value: { text: t('customers.kind.company'), badge: 'blue' },
});

const personalFacts = (context: ViewerContext, customer: CustomerRecord): DefinitionView[] => [
  {
    label: context.t('customers.gender'),
    value: { text: customer.gender ? context.t(`customers.gender.${customer.gender}`) : '' },
  },
  { label: context.t('customers.birthDate'), value: { text: birthText(context, customer) } },
];

function birthText(context: ViewerContext, customer: CustomerRecord): string {
  const { t, locale } = context;
  if (customer.birth_date === null) return '';
  const age = ageInYears(customer.birth_date, today(context));
  const day = formatDay(customer.birth_date, locale);
  const calendar = customer.birth_calendar === 'lunar' ? ` ${t('customers.birthCalendar.lunar')}` : '';
  return age === undefined
    ? `${day}${calendar}`
    : t('customers.birthWithAge', { day: `${day}${calendar}`, count: age });
}

function consumption(context: ViewerContext, customer: CustomerRecord): DefinitionView[] {
  const { t, locale } = context;
  return [
    { label: t('customers.totalAmount'), value: { text: formatMoney(customer.total_amount, locale) } },
    { label: t('customers.purchaseCount'), value: { text: formatNumber(customer.purchase_count, locale) } },
    { label: t('customers.refundCount'), value: { text: formatNumber(customer.refund_count, locale) } },
    { label: t('customers.firstPurchaseOn'), value: { text: formatDay(customer.first_purchase_on, locale) } },
    { label: t('customers.lastPurchaseOn'), value: { text: formatDay(customer.last_purchase_on, locale) } },
    ...rhythmDefinitions(context, customer.visit_rhythm),
  ];
}

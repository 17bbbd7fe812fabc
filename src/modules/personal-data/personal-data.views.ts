import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatMoney, formatNumber, formatYesNo } from '../../core/format.js';
import { isMessageKey, type Locale } from '../../core/i18n.js';
import { formatPhoneForDisplay } from '../../core/phone.js';
import { pageHeader, type AdminConfirmView } from '../admin/admin-pages.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import { profileFields } from '../customers/customers.schemas.js';
import type { PersonalData } from './personal-data-in-clear.js';

/** The page before somebody's data is handed out. */
export function personalDataView({ t }: ViewerContext, customer: CustomerRecord): AdminConfirmView {
  const path = customer.deleted_at === null ? `/customers/${customer.id}` : `/recycle-bin/${customer.id}`;
  const title = t('personalData.title', { name: customer.name });
  return {
    title,
    header: pageHeader(title, {
      subtitle: customer.customer_no,
      trail: [{ label: customer.name, href: path }],
    }),
    confirm: {
      action: `/customers/${customer.id}/personal-data`,
      question: t('personalData.question'),
      consequences: [
        t('personalData.contents'),
        t('personalData.inClear'),
        t('personalData.passOn'),
        t('personalData.isLogged'),
      ],
      hidden: [],
      confirmLabel: t('personalData.download'),
      cancelHref: path,
      isDestructive: false,
    },
  };
}

/** A table of the overview; one without rows is left out. */
export interface OverviewSection {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A page for reading without the product: no styles from elsewhere, no links. */
export interface OverviewView {
  readonly locale: Locale;
  readonly title: string;
  readonly madeAt: string;
  readonly sections: readonly OverviewSection[];
}

/** All of the data in words of the viewer's language. */
export function overviewView(context: ViewerContext, data: PersonalData): OverviewView {
  const { t, locale, deps, viewer } = context;
  const [main] = data.profiles;
  return {
    locale,
    title: t('personalData.title', { name: main?.name ?? '' }),
    madeAt: t('personalData.madeAt', { time: formatDateTime(deps.now(), locale), name: viewer.name }),
    sections: [
      ...data.profiles.map((profile, index) => profileSection(context, profile, index)),
      ...sections(context, data),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function profileSection(
  { t, locale }: ViewerContext,
  profile: PersonalData['profiles'][number],
  index: number,
): OverviewSection {
  const facts: [string, string | null][] = [
    [t('customers.customerNo'), profile.customer_no],
    [t('customers.name'), profile.name],
    [t('customers.kind'), t(`customers.kind.${profile.kind}`)],
    [t('customers.gender'), profile.gender && t(`customers.gender.${profile.gender}`)],
    [t('customers.birthDate'), formatDay(profile.birth_date, locale)],
    [t('customers.phone'), profile.phone && formatPhoneForDisplay(profile.phone)],
    [t('customers.email'), profile.email],
    [t('customers.wechat'), profile.wechat],
    [t('customers.city'), profile.city],
    [t('customers.address'), profile.address],
    [t('customers.source'), profile.source],
    [t('customers.firstVisitOn'), formatDay(profile.first_visit_on, locale)],
    ...[...profileFields, 'remark' as const].map((name): [string, string | null] => [
      t(`customers.${name}`),
      profile[name],
    ]),
    ...profile.custom_fields.map(({ label, value }): [string, string] => [
      label,
      typeof value === 'boolean' ? formatYesNo(value, t) : String(value),
    ]),
    [t('customers.owner'), profile.owner],
    [t('collaborators.title'), profile.collaborators.join(t('common.listSeparator'))],
    [t('customers.team'), profile.team],
    [t('customers.branch'), profile.branch],
    [t('customers.createdAt'), formatDateTime(new Date(profile.created_at), locale)],
  ];
  return {
    id: `profile-${index}`,
    title:
      index === 0 ? t('customers.summary') : t('personalData.merged', { customerNo: profile.customer_no }),
    columns: [t('auditLog.field'), t('auditLog.value')],
    rows: facts.flatMap(([label, value]) => (value ? [[label, value]] : [])),
  };
}

function sections({ t, locale }: ViewerContext, data: PersonalData): OverviewSection[] {
  const moment = (text: string | null): string =>
    text === null ? '' : formatDateTime(new Date(text), locale);
  const day = (text: string | null): string => formatDay(text, locale);
  const word = (prefix: string, value: string): string => {
    const key = `${prefix}.${value}`;
    return isMessageKey(key) ? t(key) : value;
  };
  const section = (
    id: string,
    title: string,
    columns: readonly string[],
    rows: readonly (readonly (string | null)[])[],
  ): OverviewSection => ({
    id,
    title,
    columns,
    rows: rows.map((cells) => cells.map((cell) => cell ?? '')),
  });
  return [
    section(
      'contact-points',
      t('personalData.furtherContacts'),
      [t('customFields.kind'), t('customFields.label'), t('auditLog.value')],
      data.contact_points.map((point) => [
        t(`customers.${point.kind}`),
        t(`contactPoints.label.${point.label}`),
        point.kind === 'phone' ? formatPhoneForDisplay(point.value) : point.value,
      ]),
    ),
    section(
      'contacts',
      t('customerContacts.title'),
      [
        t('customers.name'),
        t('customerContacts.position'),
        t('customers.phone'),
        t('customers.email'),
        t('customers.remark'),
      ],
      data.contacts.map(({ name, position, phone, email, remark }) => [name, position, phone, email, remark]),
    ),
    section(
      'purchases',
      t('personalData.purchases'),
      [
        t('purchases.purchasedOn'),
        t('purchases.item'),
        t('purchases.quantity'),
        t('purchases.amount'),
        t('customers.branch'),
        t('customers.remark'),
      ],
      data.purchases.map((purchase) => [
        day(purchase.purchased_on),
        purchase.item,
        formatNumber(purchase.quantity, locale),
        formatMoney(purchase.amount, locale),
        purchase.branch,
        purchase.remark,
      ]),
    ),
    section(
      'contact-records',
      t('personalData.contactRecords'),
      [
        t('auditLog.at'),
        t('auditLog.column.channel'),
        t('auditLog.column.outcome'),
        t('auditLog.column.summary'),
        t('auditLog.person'),
      ],
      data.contact_records.map((record) => [
        moment(record.happened_at),
        word('contactRecords.channel', record.channel),
        word('contactRecords.outcome', record.outcome),
        record.summary,
        record.staff,
      ]),
    ),
    section(
      'follow-ups',
      t('navigation.followUps'),
      [
        t('auditLog.column.dueOn'),
        t('auditLog.column.whatToDo'),
        t('auditLog.column.state'),
        t('auditLog.column.reason'),
        t('customers.owner'),
      ],
      data.follow_ups.map((followUp) => [
        day(followUp.due_on),
        followUp.action,
        t(`followUps.state.${followUp.state}`),
        followUp.reason,
        followUp.owner,
      ]),
    ),
    section(
      'things',
      t('navigation.servedThings'),
      [
        t('customFields.kind'),
        t('customers.name'),
        t('servedThings.identifier'),
        t('customers.remark'),
        t('servedThings.nextDueOn'),
      ],
      data.served_things.map((thing) => [
        thing.kind,
        thing.name,
        thing.identifier,
        thing.remark,
        day(thing.next_due_on),
      ]),
    ),
    section(
      'services',
      t('personalData.services'),
      [
        t('servedThings.thing'),
        t('servedThings.servedOn'),
        t('servedThings.work'),
        t('customers.remark'),
        t('auditLog.person'),
      ],
      data.served_things.flatMap((thing) =>
        thing.services.map(({ served_on: servedOn, work, remark, staff }) => [
          thing.name,
          day(servedOn),
          work,
          remark,
          staff,
        ]),
      ),
    ),
    section(
      'tags',
      t('tags.tags'),
      [t('customers.name')],
      data.tags.map((tag) => [tag]),
    ),
    section(
      'segments',
      t('navigation.segments'),
      [t('customers.name')],
      data.segments.map((name) => [name]),
    ),
    section(
      'tiers',
      t('personalData.tierHistory'),
      [
        t('auditLog.at'),
        t('auditLog.person'),
        t('tiers.tier'),
        t('personalData.setByHand'),
        t('auditLog.column.reason'),
      ],
      data.tier_changes.map((change) => [
        moment(change.at),
        change.actor,
        change.calculated,
        change.set_by_hand,
        change.reason,
      ]),
    ),
    section(
      'attachments',
      t('attachments.title'),
      [t('personalData.file'), t('auditLog.at'), t('auditLog.person')],
      data.attachments.map((attachment) => [
        attachment.path,
        moment(attachment.created_at),
        attachment.uploaded_by,
      ]),
    ),
    section(
      'accesses',
      t('personalData.accesses'),
      [t('auditLog.at'), t('auditLog.person'), t('auditLog.action')],
      data.accesses.map(({ at, actor, action }) => [moment(at), actor, word('auditLog.action', action)]),
    ),
  ];
}

import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatMoney, formatNumber } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import { formatPhoneForDisplay } from '../../core/phone.js';
import type { PersonalData } from './personal-data-in-clear.js';

/** A table of the overview; one without rows is left out. */
export interface OverviewSection {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What hangs on the person, kind by kind, in words of the viewer's language. */
export function overviewSections({ t, locale }: ViewerContext, data: PersonalData): OverviewSection[] {
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
      'requests',
      t('navigation.serviceRequests'),
      [
        t('serviceRequests.requestNo'),
        t('serviceRequests.receivedAt'),
        t('serviceRequests.subject'),
        t('serviceRequests.description'),
        t('serviceRequests.state'),
        t('serviceRequests.resolution'),
        t('complaints.remedy'),
      ],
      data.service_requests.map((request) => [
        request.request_no,
        moment(request.received_at),
        request.subject,
        request.description,
        request.state,
        request.resolution,
        request.remedy,
      ]),
    ),
    section(
      'request-entries',
      t('personalData.requestEntries'),
      [
        t('serviceRequests.requestNo'),
        t('auditLog.at'),
        t('serviceRequests.entryKind'),
        t('serviceRequests.words'),
        t('auditLog.person'),
      ],
      data.service_requests.flatMap(({ request_no: number, entries }) =>
        entries.map((entry) => [
          number,
          moment(entry.happened_at),
          word('serviceRequests.entryKind', entry.kind),
          entry.body,
          entry.author,
        ]),
      ),
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

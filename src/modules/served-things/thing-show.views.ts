import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatNumber } from '../../core/format.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { pageHeader, plainRows, type AdminRecordView, type ButtonView } from '../admin/admin-pages.js';
import type { ThingRecord } from './served-things.queries.js';
import { newRequestHref, requestItem } from '../service-requests/requests-card.js';
import { thingDueCell } from './thing-due.js';
import { customerTrail } from '../customers/customer-trail.js';
import { servicesShown, type ServiceRow } from './thing-services.queries.js';

/** The page of a thing: what it is, when it is due, and what was done. */
export function thingView(
  context: ViewerContext,
  thing: ThingRecord,
  services: readonly ServiceRow[],
): AdminRecordView {
  const { t, locale } = context;
  const customer = { id: thing.customer_id, name: thing.customer_name };
  const isCut = thing.service_count > services.length;
  return {
    title: thing.name,
    header: pageHeader(thing.name, {
      subtitle: [thing.kind_name, thing.identifier ?? ''].filter((text) => text !== '').join(' · '),
      trail: customerTrail(context, customer),
      actions: thing.can_edit ? actions(context, thing) : [],
    }),
    notice: thing.is_archived ? t('servedThings.archivedNotice') : '',
    definitions: definitions(context, thing),
    buttons: thing.can_edit ? [archiveButton(context, thing)] : [],
    text: thing.remark === null ? undefined : { title: t('customers.remark'), text: thing.remark },
    sections: [
      {
        id: 'services',
        title: isCut
          ? t('servedThings.latestServices', {
              shown: formatNumber(servicesShown, locale),
              count: formatNumber(thing.service_count, locale),
            })
          : t('servedThings.services'),
        columns: [
          t('servedThings.servedOn'),
          t('servedThings.work'),
          t('servedThings.staff'),
          t('customers.remark'),
        ],
        rows: plainRows(services.map((service) => serviceCells(context, thing, service))),
        emptyText: t('servedThings.noServices'),
        more: undefined,
      },
      ...requestSections(context, thing),
    ],
  };
}

const requestSections = (context: ViewerContext, thing: ThingRecord): AdminRecordView['sections'] =>
  can(context.viewer, 'service-requests:read') ? [requestSection(context, thing)] : [];

function requestSection(context: ViewerContext, thing: ThingRecord): AdminRecordView['sections'][number] {
  const { t } = context;
  const known = { customerId: thing.customer_id, servedThingId: thing.id };
  const newHref = newRequestHref(context, known);
  const items = thing.requests.map((request) => requestItem(context, request));
  return {
    id: 'requests',
    title: t('serviceRequests.latest'),
    columns: [
      t('serviceRequests.requestNo'),
      t('serviceRequests.subject'),
      t('serviceRequests.state'),
      t('serviceRequests.due'),
    ],
    rows: plainRows(
      items.map(({ number, href, subject, state, due }) => [
        { text: number, href },
        { text: subject },
        state,
        due,
      ]),
    ),
    emptyText: t('serviceRequests.noneOfThing'),
    more: newHref === '' ? undefined : { label: t('serviceRequests.new'), href: newHref },
  };
}

const serviceCells = ({ locale }: ViewerContext, thing: ThingRecord, service: ServiceRow) => [
  {
    text: formatDay(service.served_on, locale),
    ...(thing.can_edit && { href: `/served-thing-services/${service.id}/edit` }),
  },
  { text: service.work },
  { text: service.staff_name ?? '' },
  { text: service.remark ?? '' },
];

function definitions(context: ViewerContext, thing: ThingRecord): DefinitionView[] {
  const { t } = context;
  const { service_interval_days: days } = thing;
  return [
    {
      label: t('servedThings.customer'),
      value: {
        text: `${thing.customer_name} ${thing.customer_no}`,
        href: `/customers/${thing.customer_id}`,
      },
    },
    { label: t('servedThingKinds.name'), value: { text: thing.kind_name } },
    {
      label: thing.identifier_label ?? t('servedThings.identifier'),
      value: { text: thing.identifier ?? '' },
    },
    { label: t('servedThings.nextDueOn'), value: thingDueCell(context, thing.next_due_on) },
    {
      label: t('servedThingKinds.interval'),
      value: {
        text:
          days === null ? t('servedThingKinds.noInterval') : t('servedThingKinds.everyDays', { count: days }),
      },
    },
  ];
}

function actions({ t }: ViewerContext, thing: ThingRecord): PageActionView[] {
  const path = `/served-things/${thing.id}`;
  return [
    {
      label: t('servedThings.addService'),
      href: `${path}/services/new`,
      icon: 'plus',
      emphasis: 'primary',
      shortcut: 'n',
    },
    { label: t('form.edit'), href: `${path}/edit`, icon: 'pencil', emphasis: 'plain', shortcut: 'e' },
    { label: t('form.delete'), href: `${path}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
  ];
}

const archiveButton = ({ t }: ViewerContext, thing: ThingRecord): ButtonView => ({
  action: `/served-things/${thing.id}/archival${thing.is_archived ? '/removal' : ''}`,
  label: t(thing.is_archived ? 'servedThingKinds.unarchive' : 'servedThingKinds.archive'),
  spokenLabel: '',
});

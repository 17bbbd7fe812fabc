import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import type { MessageKey } from '../../core/i18n.js';
import { maskEmail, maskText } from '../../core/mask.js';
import { formatPhoneForDisplay, maskPhone } from '../../core/phone.js';
import { scopeOf } from '../../core/viewer.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { customValueText } from '../custom-fields/custom-value-text.js';
import type { CustomValue } from '../custom-fields/custom-values.js';
import { openContact, type ContactField } from './contact-details.js';
import { openContactPoint, type ContactKind } from './contact-point.js';
import type { FilterChoices } from './customer-choices.queries.js';
import type { ExportedCustomer } from './customers-export.queries.js';
import { describeFilters } from './customer-filters.views.js';
import { profileFields, type CustomerListQuery } from './customers.schemas.js';

const masks: Readonly<Record<ContactField, (text: string) => string>> = {
  phone: maskPhone,
  email: maskEmail,
  wechat: maskText,
  address: maskText,
};

/** The columns of an export of customers, besides those of custom fields. */
export function customerExportColumns(context: ViewerContext): readonly ExportColumn<ExportedCustomer>[] {
  const { t } = context;
  const kindLabels = { person: t('customers.kind.person'), company: t('customers.kind.company') };
  const genderLabels = {
    female: t('customers.gender.female'),
    male: t('customers.gender.male'),
    other: t('customers.gender.other'),
  };
  const contact = (field: ContactField, width: number): ExportColumn<ExportedCustomer> => ({
    header: t(`customers.${field}`),
    kind: 'text',
    width,
    value: (row) => contactText(context, row, field),
  });
  return [
    { header: t('customers.customerNo'), kind: 'text', width: 14, value: (row) => row.customer_no },
    { header: t('customers.name'), kind: 'text', value: (row) => row.name },
    {
      header: t('customers.kind'),
      kind: 'text',
      width: 10,
      value: ({ kind }) => kindLabels[kind],
    },
    {
      header: t('customers.gender'),
      kind: 'text',
      width: 10,
      value: ({ gender }) => gender && genderLabels[gender],
    },
    { header: t('customers.birthDate'), kind: 'date', value: (row) => row.birth_date },
    contact('phone', 18),
    furtherContacts(context, 'phone', 'contactPoints.otherPhones'),
    contact('email', 26),
    furtherContacts(context, 'email', 'contactPoints.otherEmails'),
    contact('wechat', 18),
    { header: t('customers.city'), kind: 'text', width: 14, value: (row) => row.city },
    contact('address', 36),
    { header: t('customers.source'), kind: 'text', value: (row) => row.source },
    { header: t('customers.firstVisitOn'), kind: 'date', value: (row) => row.first_visit_on },
    { header: t('customers.remark'), kind: 'text', width: 40, value: (row) => row.remark },
    ...profileFields.map((name): ExportColumn<ExportedCustomer> => ({
      header: t(`customers.${name}`),
      kind: 'text',
      width: 40,
      value: (row) => row[name],
    })),
    { header: t('tiers.tier'), kind: 'text', value: (row) => row.tier?.name ?? null },
    { header: t('tags.tags'), kind: 'text', value: (row) => row.tag_names.join(t('common.listSeparator')) },
    { header: t('customers.owner'), kind: 'text', value: (row) => row.owner_name },
    { header: t('customers.team'), kind: 'text', value: (row) => row.team_name },
    { header: t('customers.branch'), kind: 'text', value: (row) => row.branch_name },
    { header: t('customers.purchaseCount'), kind: 'number', value: (row) => row.purchase_count },
    { header: t('customers.totalAmount'), kind: 'money', value: (row) => row.total_amount },
    { header: t('customers.lastPurchaseOn'), kind: 'date', value: (row) => row.last_purchase_on },
    { header: t('customers.createdAt'), kind: 'datetime', value: (row) => row.created_at },
  ];
}

/** A custom field by its kind, so that programs can count with numbers and days. */
export function customColumn(context: ViewerContext, field: CustomField): ExportColumn<ExportedCustomer> {
  const header = field.label;
  const value = (row: ExportedCustomer): CustomValue | undefined => row.custom_values[field.key];
  const text = (row: ExportedCustomer): string | null => customValueText(context, field, value(row)) || null;
  switch (field.kind) {
    case 'number':
      return { header, kind: 'number', value: (row) => numberOf(value(row)) };
    case 'date':
      return { header, kind: 'date', value: (row) => textOf(value(row)) };
    default:
      return { header, kind: 'text', value: text };
  }
}

const numberOf = (value: CustomValue | undefined): number | null =>
  typeof value === 'number' ? value : null;
const textOf = (value: CustomValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Phones or e-mail addresses besides the first one, in one cell. */
const furtherContacts = (
  { t, deps }: ViewerContext,
  kind: ContactKind,
  header: MessageKey,
): ExportColumn<ExportedCustomer> => ({
  header: t(header),
  kind: 'text',
  width: 24,
  value: (row) =>
    row.contact_points
      .filter((point) => point.kind === kind)
      .map(({ id, value_encrypted: sealed }) =>
        exportedContact(row, kind, openContactPoint(deps.cipher, id, sealed)),
      )
      .join(t('common.listSeparator')) || null,
});

function contactText({ deps }: ViewerContext, row: ExportedCustomer, field: ContactField): string | null {
  const plain = openContact(deps.cipher, row.id, field, row[`${field}_encrypted`]);
  return plain === null ? null : exportedContact(row, field, plain);
}

/** Contact data in clear where the viewer may export it, masked elsewhere. */
function exportedContact(row: ExportedCustomer, field: ContactField, plain: string): string {
  if (!row.may_export_contact) return masks[field](plain);
  return field === 'phone' ? formatPhoneForDisplay(plain) : plain;
}

/** The filters of the list in words. A search may be for a phone number or an address: the log gets it masked. */
export function customerExportFilters(
  context: ViewerContext,
  query: CustomerListQuery,
  choices: FilterChoices,
): ExportFilter[] {
  const { t } = context;
  const search = (text: string): string => t('exports.search', { text });
  return [
    ...(query.q ? [{ words: search(query.q), loggedWords: search(loggedSearch(query.q)) }] : []),
    ...describeFilters(context, query, choices).map(({ label }) => ({ words: label })),
  ];
}

/** Letters alone are a name; anything else may be a way to reach somebody. */
const loggedSearch = (text: string): string => (/^[\p{L}\p{M}\s·.'’-]*$/u.test(text) ? text : maskText(text));

/** What the file leaves out, because of what the viewer may do. */
export function customerExportRemarks({ t, viewer }: ViewerContext): string[] {
  const rows = scopeOf(viewer, 'customers:export') ?? 'own';
  const clear = scopeOf(viewer, 'customers:export-contact') ?? 'none';
  return [
    ...(rows === 'all' ? [] : [t(`customers.exportRows.${rows}`)]),
    t(`customers.exportContact.${clear}`),
  ];
}

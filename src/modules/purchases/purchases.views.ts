import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FormValues } from '../../core/form.js';
import { formatDay, formatMoney, formatNumber } from '../../core/format.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import { today, type CustomerRecord } from '../customers/customers.queries.js';
import { isRefund, purchaseFieldSpecs, storedValues, type PurchaseChoices } from './purchase-form.js';
import type { PurchaseRow } from './purchases.queries.js';
import { customerTrail, type NamedCustomer } from '../customers/customer-trail.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';

export interface PurchaseView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly definitions: readonly DefinitionView[];
}

/** The page that adds a purchase or a refund. */
export function newPurchaseView(
  context: ViewerContext,
  customer: CustomerRecord,
  choices: PurchaseChoices,
  values: FormValues = freshValues(context, customer),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('purchases.newFor', { name: customer.name });
  const { id } = values;
  return {
    title,
    header: header(context, title, customer),
    editForm: {
      action: `/customers/${customer.id}/purchases`,
      form: formView(t, purchaseFieldSpecs(context, choices), values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('purchases.create'),
      cancelHref: `/customers/${customer.id}`,
    },
  };
}

const freshValues = (context: ViewerContext, customer: CustomerRecord): FormValues => ({
  id: newId(),
  purchasedOn: today(context),
  quantity: '1',
  kind: 'purchase',
  staffId: context.viewer.id,
  branchId: customer.branch_id ?? '',
});

/** One purchase with everything that is known of it. */
export function purchaseView(context: ViewerContext, purchase: PurchaseRow): PurchaseView {
  const { t, locale } = context;
  const title = titleOf(context, purchase);
  const said: readonly (readonly [string, string])[] = [
    [t('purchases.number'), purchase.purchase_no ?? ''],
    [t('purchases.purchasedOn'), formatDay(purchase.purchased_on, locale)],
    [t('purchases.item'), purchase.item ?? ''],
    [t('purchases.quantity'), formatNumber(purchase.quantity, locale)],
    [t('purchases.amount'), formatMoney(purchase.amount, locale)],
    [t('purchases.staff'), purchase.staff_name ?? ''],
    [t('customers.branch'), purchase.branch_name ?? ''],
    [t('customers.remark'), purchase.remark ?? ''],
  ];
  return {
    title,
    header: { ...header(context, title, customerOf(purchase)), actions: actions(context, purchase) },
    definitions: said.map(([label, text]) => ({ label, value: { text } })),
  };
}

/** The page that corrects a purchase. */
export function editPurchaseView(
  context: ViewerContext,
  purchase: PurchaseRow,
  choices: PurchaseChoices,
  values: FormValues = storedValues(purchase),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('purchases.edit', { name: purchase.customer_name });
  const { version } = values;
  return {
    title,
    header: header(context, title, customerOf(purchase)),
    editForm: {
      action: `/purchases/${purchase.id}`,
      form: formView(t, purchaseFieldSpecs(context, choices, purchase), values, problems),
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(purchase.version) }],
      submitLabel: t('form.save'),
      cancelHref: `/purchases/${purchase.id}`,
    },
  };
}

/** The page before a deletion: it says what will happen. */
export function purchaseDeletionView(context: ViewerContext, purchase: PurchaseRow): AdminConfirmView {
  const { t, locale } = context;
  const title = t('purchases.delete', { name: purchase.customer_name });
  return {
    title,
    header: header(context, title, customerOf(purchase)),
    confirm: {
      action: `/purchases/${purchase.id}/deletion`,
      question: t('purchases.deleteQuestion', {
        purchase: titleOf(context, purchase),
        day: formatDay(purchase.purchased_on, locale),
      }),
      consequences: [t('purchases.deleteConsequence')],
      hidden: [{ name: 'version', value: String(purchase.version) }],
      confirmLabel: t('purchases.deleteConfirm'),
      cancelHref: `/purchases/${purchase.id}`,
      isDestructive: true,
    },
  };
}

/** "Refund of ¥120.00" */
const titleOf = ({ t, locale }: ViewerContext, purchase: PurchaseRow): string =>
  t(isRefund(purchase) ? 'customers.timeline.refund' : 'customers.timeline.purchase', {
    amount: formatMoney(purchase.amount.replace(/^-/, ''), locale),
  });

const customerOf = (purchase: PurchaseRow): NamedCustomer => ({
  id: purchase.customer_id,
  name: purchase.customer_name,
});

function actions({ t }: ViewerContext, purchase: PurchaseRow): PageActionView[] {
  if (!purchase.can_edit) return [];
  const path = `/purchases/${purchase.id}`;
  return [
    { label: t('form.edit'), href: `${path}/edit`, icon: 'pencil', emphasis: 'primary', shortcut: 'e' },
    { label: t('form.delete'), href: `${path}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
  ];
}

const header = (context: ViewerContext, title: string, customer: NamedCustomer): PageHeaderView =>
  pageHeader(title, { trail: customerTrail(context, customer) });

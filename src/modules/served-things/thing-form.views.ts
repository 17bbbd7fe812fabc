import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import type { ServedThingKind } from './served-thing-kind.js';
import { thingLimits } from './served-thing.js';
import type { ThingRecord } from './served-things.queries.js';
import { customerTrail, type NamedCustomer } from '../customers/customer-trail.js';

/** The page for a new thing of a customer; with values and problems after a refusal. */
export function newThingView(
  context: ViewerContext,
  customer: NamedCustomer,
  kinds: readonly ServedThingKind[],
  values: FormValues = { id: newId() },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('servedThings.newFor', { name: customer.name });
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: customerTrail(context, customer) }),
    editForm: {
      action: `/customers/${customer.id}/things`,
      form: formView(t, thingSpecs(kinds), values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('servedThings.create'),
      cancelHref: `/customers/${customer.id}`,
    },
  };
}

/** The page that changes a thing. */
export function editThingView(
  context: ViewerContext,
  thing: ThingRecord,
  kinds: readonly ServedThingKind[],
  values: FormValues = storedThing(thing),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('servedThings.edit', { name: thing.name });
  return {
    title,
    header: pageHeader(title, { trail: thingTrail(context, thing) }),
    editForm: thingForm(context, thing, kinds, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function thingForm(
  { t }: ViewerContext,
  thing: ThingRecord,
  kinds: readonly ServedThingKind[],
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: `/served-things/${thing.id}`,
    form: formView(t, thingSpecs(kinds, thing), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(thing.version) }],
    submitLabel: t('form.save'),
    cancelHref: `/served-things/${thing.id}`,
  };
}

/** The fields of the form; kinds out of use are offered only to things that are of them already. */
export function thingSpecs(kinds: readonly ServedThingKind[], thing?: ThingRecord): readonly FieldSpec[] {
  const offered = kinds.filter((kind) => !kind.is_archived || kind.id === thing?.kind_id);
  const { name, identifier, remark } = thingLimits;
  return [
    {
      name: 'kindId',
      label: 'servedThingKinds.name',
      kind: 'select',
      required: true,
      options: offered.map((kind) => ({ value: kind.id, label: kind.name })),
    },
    {
      name: 'name',
      label: 'servedThings.name',
      kind: 'text',
      required: true,
      maxLength: name,
      help: 'servedThings.nameHelp',
    },
    {
      name: 'identifier',
      label: 'servedThings.identifier',
      kind: 'text',
      maxLength: identifier,
      help: 'servedThings.identifierHelp',
    },
    { name: 'nextDueOn', label: 'servedThings.nextDueOn', kind: 'date', help: 'servedThings.nextDueOnHelp' },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: remark },
  ];
}

/** What is stored, by the names of the form's fields. */
export const storedThing = (thing: ThingRecord): FormValues => ({
  kindId: thing.kind_id,
  name: thing.name,
  identifier: thing.identifier ?? '',
  nextDueOn: thing.next_due_on ?? '',
  remark: thing.remark ?? '',
});

/** The page before a deletion: it says how much history goes along. */
export function thingDeletionView(context: ViewerContext, thing: ThingRecord): AdminConfirmView {
  const { t } = context;
  const title = t('servedThings.delete', { name: thing.name });
  return {
    title,
    header: pageHeader(title, { trail: thingTrail(context, thing) }),
    confirm: {
      action: `/served-things/${thing.id}/deletion`,
      question: t('servedThings.deleteQuestion', { name: thing.name, customer: thing.customer_name }),
      consequences: [
        t('servedThings.deleteServices', { count: thing.service_count }),
        t('servedThings.deleteUndo'),
      ],
      hidden: [{ name: 'version', value: String(thing.version) }],
      confirmLabel: t('servedThings.deleteConfirm'),
      cancelHref: `/served-things/${thing.id}`,
      isDestructive: true,
    },
  };
}

/** The way up from pages below that of a thing. */
export const thingTrail = (context: ViewerContext, thing: ThingRecord): PageHeaderView['trail'] => [
  ...customerTrail(context, { id: thing.customer_id, name: thing.customer_name }),
  { label: thing.name, href: `/served-things/${thing.id}` },
];

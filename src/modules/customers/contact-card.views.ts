import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FormView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { maskEmail } from '../../core/mask.js';
import { maskPhone } from '../../core/phone.js';
import { contactFields, type ContactField } from './contact-details.js';
import {
  contactKinds,
  contactPointLabels,
  longestContactValue,
  mostContactPoints,
  openContactPoint,
  type ContactPoint,
} from './contact-point.js';
import type { CustomerRecord } from './customers.queries.js';
import { maskedContact } from './masked-contact.js';
import type { RefusedForm } from './refused-form.js';

export interface ContactItemView {
  readonly label: string;
  readonly masked: string;
  /** Address that shows the value by POST; '' when the viewer may not see it or there is none. */
  readonly revealAction: string;
  /** What can be done with a further phone or e-mail address, by POST; empty for those who may not. */
  readonly actions: readonly ContactActionView[];
}

export interface ContactActionView {
  readonly action: string;
  readonly icon: string;
  readonly label: string;
}

export interface ContactPointFormView extends FormView {
  readonly action: string;
  readonly id: string;
  /** How many there can be. */
  readonly hint: string;
  readonly isOpen: boolean;
}

/** How to reach the customer, masked. */
export interface ContactCardView {
  readonly items: readonly ContactItemView[];
  /** Adds a phone or e-mail address; absent for those who may not. */
  readonly form: ContactPointFormView | undefined;
}

export function contactCardView(
  context: ViewerContext,
  customer: CustomerRecord,
  refused?: RefusedForm,
): ContactCardView {
  const masked = maskedContact(context, customer);
  const firstItem = (field: ContactField): ContactItemView => ({
    label: context.t(`customers.${field}`),
    masked: masked[field],
    revealAction:
      customer.can_reveal && masked[field] !== '' ? `/customers/${customer.id}/contact/${field}` : '',
    actions: [],
  });
  return {
    items: contactFields.flatMap((field) => [
      firstItem(field),
      ...customer.contact_points
        .filter(({ kind }) => kind === field)
        .map((point) => furtherItem(context, customer, point)),
    ]),
    form: customer.can_edit ? contactPointForm(context, customer, refused) : undefined,
  };
}

/** `Phone (work)` */
export const contactPointName = (
  t: Translate,
  { kind, label }: Pick<ContactPoint, 'kind' | 'label'>,
): string =>
  t('contactPoints.name', { kind: t(`customers.${kind}`), label: t(`contactPoints.label.${label}`) });

function furtherItem(
  { t, deps }: ViewerContext,
  customer: CustomerRecord,
  point: ContactPoint,
): ContactItemView {
  const path = `/customers/${customer.id}/contact-points/${point.id}`;
  const mask = point.kind === 'phone' ? maskPhone : maskEmail;
  const masked = mask(openContactPoint(deps.cipher, point.id, point.value_encrypted));
  return {
    label: contactPointName(t, point),
    masked,
    revealAction: customer.can_reveal ? `${path}/reveal` : '',
    actions: customer.can_edit
      ? [
          {
            action: `${path}/first`,
            icon: 'arrow-up',
            label: t('contactPoints.makeFirst', { value: masked }),
          },
          { action: `${path}/removal`, icon: 'x', label: t('contactPoints.remove', { value: masked }) },
        ]
      : [],
  };
}

function contactPointForm(
  { t }: ViewerContext,
  customer: CustomerRecord,
  refused: RefusedForm | undefined,
): ContactPointFormView {
  const specs: readonly FieldSpec[] = [
    {
      name: 'contactKind',
      label: 'contactPoints.kind',
      kind: 'select',
      required: true,
      options: contactKinds.map((kind) => ({ value: kind, label: t(`customers.${kind}`) })),
    },
    {
      name: 'contactLabel',
      label: 'contactPoints.label',
      kind: 'select',
      required: true,
      options: contactPointLabels.map((label) => ({
        value: label,
        label: t(`contactPoints.label.${label}`),
      })),
    },
    {
      name: 'contactValue',
      label: 'contactPoints.value',
      kind: 'text',
      required: true,
      maxLength: longestContactValue,
    },
  ];
  const fresh = { id: newId(), contactKind: 'phone', contactLabel: 'mobile' };
  const values = refused?.values ?? fresh;
  return {
    ...formView(t, specs, values, refused?.problems),
    action: `/customers/${customer.id}/contact-points`,
    id: typeof values['id'] === 'string' ? values['id'] : fresh.id,
    hint: t('contactPoints.limit', { count: mostContactPoints }),
    isOpen: refused !== undefined,
  };
}

import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { returnPath } from '../../core/fields.js';
import { formView, type FormValues } from '../../core/form.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { clockText } from './clock-time.js';
import type { FollowUpOwner } from './follow-up-owners.queries.js';
import type { FollowUpRecord } from './follow-ups.queries.js';
import { followUpFieldSpecs } from './next-fields.js';
import { customerTrail } from '../customers/customer-trail.js';

export interface FollowUpFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly editForm: EditFormView;
}

/** The page that plans a follow-up without a contact before it. */
export function newFollowUpView(
  { t }: ViewerContext,
  customer: { readonly id: string; readonly name: string },
  owners: readonly FollowUpOwner[],
  values: FormValues,
  problems: readonly Problem[] = [],
): FollowUpFormView {
  const title = t('followUps.newFor', { name: customer.name });
  const recordHref = `/customers/${customer.id}`;
  const returnTo = returnPath.safeParse(values['returnTo']).data;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: customerTrail({ t }, customer),
      actions: [],
    },
    editForm: {
      action: `${recordHref}/follow-ups`,
      form: formView(t, followUpFieldSpecs(owners), values, problems),
      hidden: [
        { name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() },
        ...(returnTo === undefined ? [] : [{ name: 'returnTo', value: returnTo }]),
      ],
      submitLabel: t('followUps.create'),
      cancelHref: returnTo ?? recordHref,
    },
  };
}

/** The page that changes a follow-up or gives it to somebody else. */
export function editFollowUpView(
  { t }: ViewerContext,
  followUp: FollowUpRecord,
  owners: readonly FollowUpOwner[],
  values: FormValues = storedValues(followUp),
  problems: readonly Problem[] = [],
): FollowUpFormView {
  const title = t('followUps.edit', { name: followUp.customer_name });
  const path = `/follow-ups/${followUp.id}`;
  const { version } = values;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: [
        { label: t('navigation.followUps'), href: '/follow-ups' },
        { label: followUp.action, href: path },
      ],
      actions: [],
    },
    editForm: {
      action: path,
      form: formView(t, followUpFieldSpecs(owners), values, problems),
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(followUp.version) }],
      submitLabel: t('form.save'),
      cancelHref: path,
    },
  };
}

/** What is saved, by the names of the form's fields. */
export const storedValues = (followUp: FollowUpRecord): FormValues => ({
  action: followUp.action,
  dueOn: followUp.due_on,
  dueTime: clockText(followUp.due_minute),
  ownerId: followUp.owner_id,
});

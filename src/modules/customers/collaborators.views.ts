import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FormView } from '../../core/form.js';
import { mostCollaborators, type Person } from './collaborator.js';
import type { CustomerRecord } from './customers.queries.js';
import type { RefusedForm } from './refused-form.js';

export interface CollaboratorView {
  readonly name: string;
  /** Address that ends their work by POST; '' for those who may not. */
  readonly removeAction: string;
  readonly removeLabel: string;
}

export interface CollaboratorFormView extends FormView {
  readonly action: string;
  readonly isOpen: boolean;
}

/** Who works on the customer besides the owner. */
export interface CollaboratorsView {
  readonly people: readonly CollaboratorView[];
  readonly hint: string;
  /** Adds one; absent for those who may not, and where there can be no more. */
  readonly form: CollaboratorFormView | undefined;
}

export function collaboratorsView(
  { t }: ViewerContext,
  customer: CustomerRecord,
  people: readonly Person[],
  refused: RefusedForm | undefined,
): CollaboratorsView {
  const path = `/customers/${customer.id}/collaborators`;
  const taken = [customer.owner_id, ...customer.collaborators.map(({ id }) => id)];
  const options = people
    .filter(({ id }) => !taken.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
  const spec: FieldSpec = {
    name: 'collaborator',
    label: 'collaborators.person',
    kind: 'select',
    required: true,
    options,
  };
  const hasRoom = customer.collaborators.length < mostCollaborators;
  return {
    people: customer.collaborators.map(({ id, name }) => ({
      name,
      removeAction: customer.can_edit ? `${path}/${id}/removal` : '',
      removeLabel: t('collaborators.remove', { name }),
    })),
    hint: t('collaborators.hint', { count: mostCollaborators }),
    form:
      customer.can_edit && (hasRoom || refused)
        ? {
            ...formView(t, [spec], refused?.values ?? {}, refused?.problems),
            action: path,
            isOpen: refused !== undefined,
          }
        : undefined,
  };
}

import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FieldView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { sharedContact, type SimilarCustomer } from './similar-customers.queries.js';

export interface SimilarCustomerView {
  /** The customer, or whose it is when the viewer may not open it. */
  readonly text: string;
  readonly href: string;
  readonly why: string;
}

export interface SimilarCustomersView {
  readonly title: string;
  readonly matches: readonly SimilarCustomerView[];
  /** The box that creates the customer all the same; only where somebody has the phone or e-mail address already. */
  readonly createAnyway: FieldView | undefined;
}

/** The box of the form for a new customer that says: this is somebody else. */
export const createAnywaySpec: FieldSpec = {
  name: 'createAnyway',
  label: 'customers.createAnyway',
  kind: 'checkbox',
};

/** Customers like the one being typed, as a warning inside the form. */
export function similarCustomersView(
  context: ViewerContext,
  matches: readonly SimilarCustomer[],
  createAnyway: FieldView | undefined,
): SimilarCustomersView {
  return {
    title: context.t('customers.similar', { count: matches.length }),
    matches: matches.map((match) => matchView(context, match)),
    createAnyway: sharedContact(matches).length > 0 ? createAnyway : undefined,
  };
}

/** The same for a form that is still being typed. */
export function similarWhileTyping(
  context: ViewerContext,
  matches: readonly SimilarCustomer[],
  createAnyway: boolean,
): SimilarCustomersView {
  const [box] = formView(context.t, [createAnywaySpec], { createAnyway }).fields;
  return similarCustomersView(context, matches, box);
}

function matchView({ t }: ViewerContext, match: SimilarCustomer): SimilarCustomerView {
  const why = match.similarities
    .filter((similarity) => similarity !== 'name' || match.similarities.length === 1)
    .map((similarity) => t(`customers.similarity.${similarity}`))
    .join(t('common.listSeparator'));
  if (match.id === null) return { text: ownerHint(t, match), href: '', why };
  return {
    text: `${match.name ?? ''} ${match.customer_no ?? ''}`,
    href: `/customers/${match.id}`,
    why,
  };
}

/** Whom to ask about a customer that the viewer may not see. */
export function ownerHint(t: Translate, { owner_name: owner, team_name: team }: SimilarCustomer): string {
  if (owner === null) return t('customers.similarOfPool');
  return team === null ? t('customers.similarOf', { owner }) : t('customers.similarOfTeam', { owner, team });
}

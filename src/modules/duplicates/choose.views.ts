import type { ViewerContext } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import { mostCandidates, type MergeCandidate } from './merge.queries.js';
import { recordLabel } from './merge.views.js';
import { customerTrail } from '../customers/customer-trail.js';

export interface CandidateView {
  readonly name: string;
  readonly customerNo: string;
  readonly city: string;
  readonly owner: string;
  readonly href: string;
}

export interface ChooseView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly path: string;
  readonly query: string;
  /** How many were found, in words; '' before the first search. */
  readonly found: string;
  readonly candidates: readonly CandidateView[];
}

/** The page that finds the customer to merge with. */
export function chooseView(
  context: ViewerContext,
  customer: CustomerRecord,
  query: string,
  candidates: readonly MergeCandidate[],
): ChooseView {
  const { t } = context;
  const title = t('duplicates.mergeWith', { name: customer.name });
  const path = `/customers/${customer.id}/merge`;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: t('duplicates.chooseHint'),
      trail: customerTrail(context, { id: customer.id, name: recordLabel(customer) }),
      actions: [],
    },
    path,
    query,
    found: query === '' ? '' : foundText(context, candidates.length),
    candidates: candidates.map((candidate) => ({
      name: candidate.name,
      customerNo: candidate.customer_no,
      city: candidate.city ?? '',
      owner: candidate.owner_name ?? t('customers.ownerNone'),
      href: `${path}?with=${candidate.id}`,
    })),
  };
}

function foundText({ t }: ViewerContext, count: number): string {
  if (count === 0) return t('list.nothingFound');
  return count < mostCandidates
    ? t('duplicates.candidatesFound', { count })
    : t('duplicates.moreCandidates', { count });
}

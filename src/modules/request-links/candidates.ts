import type { ViewerContext } from '../../core/context.js';
import { formatRelative } from '../../core/format.js';
import { stateName } from '../request-states/state-name.js';
import type { Candidate } from './candidates.queries.js';

/** A request to choose. */
export interface CandidateView {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Where choosing it leads; '' where the form chooses it. */
  readonly href: string;
  /** Why it cannot be chosen; '' for one that can. */
  readonly problem: string;
  readonly isChosen: boolean;
}

/** What a search for another request found. */
export interface CandidatesView {
  readonly candidates: readonly CandidateView[];
  /** How many there are to choose from, in words. */
  readonly found: string;
}

interface Choosing {
  readonly chosenId?: string | undefined;
  readonly hrefOf?: (candidate: Candidate) => string;
  readonly problemOf?: (candidate: Candidate) => string;
}

/** Requests to choose from, as a form and its live search show them. */
export function candidatesView(
  { t, locale, deps }: ViewerContext,
  candidates: readonly Candidate[],
  { chosenId = '', hrefOf, problemOf }: Choosing = {},
): CandidatesView {
  return {
    found:
      candidates.length === 0
        ? t('requestLinks.noneFound')
        : t('requestLinks.found', { count: candidates.length }),
    candidates: candidates.map((candidate) => {
      const problem = problemOf?.(candidate) ?? '';
      return {
        id: candidate.id,
        label: `${candidate.request_no} ${candidate.subject}`,
        detail: [
          stateName(t, candidate.state),
          candidate.is_same_customer ? '' : (candidate.customer_name ?? ''),
          formatRelative(candidate.received_at, deps.now(), locale),
        ]
          .filter((part) => part !== '')
          .join(' · '),
        href: problem === '' ? (hrefOf?.(candidate) ?? '') : '',
        problem,
        isChosen: candidate.id === chosenId,
      };
    }),
  };
}

import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { choiceReasonText, unassignedReasonText } from './assignment-reason-text.js';
import { assignmentsShown, type AssignmentRow } from './assignment.queries.js';

export interface AssignmentStepView {
  readonly sentence: string;
  /** Why; '' where nobody said. */
  readonly reason: string;
  readonly when: string;
  readonly whenExact: string;
}

export interface AssignmentCardView {
  /** Whoever has the request; '' for nobody. */
  readonly assigneeName: string;
  /** Why they have it, or why nobody could take it. */
  readonly reason: string;
  /** The latest first. */
  readonly steps: readonly AssignmentStepView[];
  readonly hasEarlier: boolean;
}

/** What the card needs to know of a request. */
export interface AssignedRequest {
  readonly assigneeName: string | null;
  /** As stored. */
  readonly unassignedReason: unknown;
  /** Nobody has to take what is done. */
  readonly isDone: boolean;
}

/** Who has a request, why, and who had it. */
export function assignmentCardView(
  context: ViewerContext,
  request: AssignedRequest,
  rows: readonly AssignmentRow[],
): AssignmentCardView {
  return {
    assigneeName: request.assigneeName ?? '',
    reason: presentReason(context, request, rows[0]),
    steps: rows.slice(0, assignmentsShown).map((row) => stepView(context, row)),
    hasEarlier: rows.length > assignmentsShown,
  };
}

function presentReason(
  { t }: ViewerContext,
  { assigneeName, unassignedReason, isDone }: AssignedRequest,
  latest: AssignmentRow | undefined,
): string {
  if (assigneeName !== null) return choiceReasonText(t, latest?.reason ?? null);
  return isDone ? '' : unassignedReasonText(t, unassignedReason);
}

function stepView({ t, locale, deps }: ViewerContext, row: AssignmentRow): AssignmentStepView {
  const assignee = row.assigneeName ?? '';
  const actor = row.actorName ?? t('assignment.product');
  const way = row.way === 'absence' && row.assigneeName === null ? 'backToQueue' : row.way;
  return {
    sentence: t(`assignment.step.${way}`, { assignee, actor }),
    reason: choiceReasonText(t, row.reason),
    when: formatRelative(row.assignedAt, deps.now(), locale),
    whenExact: formatDateTime(row.assignedAt, locale),
  };
}

import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import type { RequestChoices } from './request-choices.queries.js';
import { workerOptions } from './request-labels.js';
import type { RequestRecord } from './service-requests.queries.js';

/** What the viewer can do about who works a request. */
export interface WhoseWorkView {
  readonly canTake: boolean;
  readonly canGiveBack: boolean;
  /** Whom it can be given to; absent for those who may not. */
  readonly assignField: FieldView | undefined;
}

/** Undefined where there is nothing the viewer can do. */
export function whoseWorkView(
  context: ViewerContext,
  request: RequestRecord,
  choices: RequestChoices,
): WhoseWorkView | undefined {
  if (request.state.category === 'done') return undefined;
  const view = {
    canTake: request.assignee === null && request.can_work,
    canGiveBack: request.assignee?.id === context.viewer.id && request.can_work,
    assignField: request.can_assign ? assignField(context, request, choices) : undefined,
  };
  return view.canTake || view.canGiveBack || view.assignField ? view : undefined;
}

const assignField = (
  { t }: ViewerContext,
  request: RequestRecord,
  choices: RequestChoices,
): FieldView | undefined =>
  formView(
    t,
    [
      {
        name: 'assigneeId',
        label: 'serviceRequests.giveTo',
        kind: 'select',
        options: workerOptions(choices, request.assignee?.id),
      },
    ],
    { assigneeId: request.assignee?.id ?? '' },
  ).fields[0];

import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { settingRoutes } from '../service-settings/setting-routes.js';
import { requestStateUpkeep } from './request-states-upkeep.js';
import { countRequestsInStates, findRequestState, readLifecycle } from './request-states.queries.js';
import {
  NewRequestStateForm,
  RequestStateForm,
  RequestStateParams,
  StepsForm,
} from './request-states.schemas.js';
import { changeRequestState, changeSteps, createRequestState } from './request-states.service.js';
import {
  requestStatesPath,
  requestStateSpecs,
  requestStatesView,
  requestStateValues,
} from './request-states.views.js';
import { stateName } from './state-name.js';
import { stepsView } from './steps.views.js';

const permission = 'service-settings:manage';

export const requestStateRoutes = [
  route.get(requestStatesPath, {
    permission,
    handler: async (context) => {
      const [lifecycle, counts] = await Promise.all([
        readLifecycle(context.deps.database),
        countRequestsInStates(context),
      ]);
      return page('request-states/index', requestStatesView(context, lifecycle, counts));
    },
  }),
  ...settingRoutes({
    path: requestStatesPath,
    title: 'requestStates.title',
    newTitle: 'requestStates.new',
    upkeep: requestStateUpkeep,
    newForm: NewRequestStateForm,
    changeForm: RequestStateForm,
    find: ({ deps }, id) => findRequestState(deps.database, id),
    nameOf: ({ t }, state) => stateName(t, state),
    specs: (context, state) => Promise.resolve(requestStateSpecs(context, state)),
    values: requestStateValues,
    create: createRequestState,
    change: changeRequestState,
  }),
  route.get(`${requestStatesPath}/:id/steps`, {
    permission,
    params: RequestStateParams,
    handler: (context, { params }) => stepsPage(context, params.id),
  }),
  route.post(`${requestStatesPath}/:id/steps`, {
    permission,
    params: RequestStateParams,
    body: StepsForm,
    invalid: (context, { params, values, problems }) => stepsPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeSteps(context, params.id, body);
      } catch (error) {
        if (!(error instanceof EditedMeanwhile)) throw error;
        const problem = { path: '', key: 'requestStates.stepsChangedMeanwhile' } as const;
        return stepsPage(context, params.id, typed, [problem], 409);
      }
      return redirect(requestStatesPath, { kind: 'success', key: 'requestStates.stepsSaved' });
    },
  }),
];

async function stepsPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
  refusal = 422,
): Promise<Reply> {
  const [lifecycle, state] = await Promise.all([
    readLifecycle(context.deps.database),
    findRequestState(context.deps.database, id),
  ]);
  const view = stepsView(context, lifecycle, state, values, problems);
  return page('request-states/steps', view, { status: problems ? refusal : 200 });
}

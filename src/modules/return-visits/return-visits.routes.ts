import type { ViewerContext } from '../../core/context.js';
import { NotFound, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findCustomer } from '../customers/customers.queries.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { findReturnVisit } from './return-visit.queries.js';
import { listReturnVisits, readVisitChoices } from './return-visits-list.queries.js';
import {
  AttemptForm,
  AttemptQuery,
  NewVisitForm,
  NewVisitQuery,
  OutcomeForm,
  OutcomeQuery,
  ReturnVisitsQuery,
  VisitParams,
} from './return-visits.schemas.js';
import { addAttempt, findWorkable, planByHand } from './return-visits.service.js';
import { returnVisitsPath, returnVisitsView } from './return-visits.views.js';
import { newVisitView, outcomeFormView, type VisitOccasion } from './visit-forms.views.js';
import { settleVisit } from './visit-outcomes.service.js';

export const returnVisitRoutes = [
  route.get(returnVisitsPath, {
    permission: 'service-requests:read',
    query: ReturnVisitsQuery,
    handler: async (context, { query }) => {
      const [result, choices] = await Promise.all([
        listReturnVisits(context, query),
        readVisitChoices(context),
      ]);
      return page('return-visits/index', returnVisitsView(context, query, result, choices));
    },
  }),
  route.get(`${returnVisitsPath}/new`, {
    permission: 'service-requests:create',
    query: NewVisitQuery,
    handler: (context, { query }) =>
      (query.customerId ?? query.requestId) === undefined ? chooseCustomer : newPage(context, query),
  }),
  route.post(returnVisitsPath, {
    permission: 'service-requests:create',
    body: NewVisitForm,
    invalid: (context, { values, problems }) => newPage(context, chosenIn(values), values, problems),
    handler: async (context, { body }) => {
      await planByHand(context, body);
      return redirect(`/service-requests/${body.id}`, {
        kind: 'success',
        key: 'returnVisits.planned',
        params: { day: formatDay(body.windowFrom, context.locale) },
      });
    },
  }),
  route.get(`${returnVisitsPath}/:id/outcome`, {
    permission: 'service-requests:work',
    params: VisitParams,
    query: OutcomeQuery,
    handler: async (context, { params, query }) => {
      const found = await findWorkable(context, params.id);
      return page('admin/form', outcomeFormView(context, found, query.returnTo ?? returnVisitsPath));
    },
  }),
  route.post(`${returnVisitsPath}/:id/outcome`, {
    permission: 'service-requests:work',
    params: VisitParams,
    body: OutcomeForm,
    invalid: async (context, { params, values, problems }) => {
      const found = await findWorkable(context, params.id);
      const { returnTo } = OutcomeQuery.catch({}).parse({ returnTo: values['returnTo'] });
      return page(
        'admin/form',
        outcomeFormView(context, found, returnTo ?? returnVisitsPath, values, problems),
        {
          status: 422,
        },
      );
    },
    handler: async (context, { params, body }) => {
      await settleVisit(context, params.id, body);
      const day = formatDay(body.windowFrom, context.locale);
      return redirect(body.returnTo, {
        kind: 'success',
        key: `returnVisits.saved.${body.outcome}`,
        params: { day },
      });
    },
  }),
  route.post(`${returnVisitsPath}/:id/attempts`, {
    permission: 'service-requests:work',
    params: VisitParams,
    query: AttemptQuery,
    body: AttemptForm,
    handler: async (context, { params, query, body }) => {
      await addAttempt(context, params.id, query.contact);
      const { visit } = await findReturnVisit(context, params.id);
      const day = formatDay(visit.nextAttemptOn, context.locale);
      const key = visit.isToWinBack ? 'returnVisits.saved.winBack' : 'returnVisits.saved.notReached';
      return redirect(body.returnTo, { kind: 'success', key, params: { day } });
    },
  }),
];

/** Without a customer there is nothing to plan. */
const chooseCustomer = redirect('/customers', { kind: 'warning', key: 'returnVisits.chooseCustomer' });

interface Chosen {
  readonly customerId?: string | undefined;
  readonly requestId?: string | undefined;
}

const chosenIn = ({ customerId, requestId }: FormValues): Chosen => ({
  customerId: VisitParams.shape.id.safeParse(customerId).data,
  requestId: VisitParams.shape.id.safeParse(requestId).data,
});

async function newPage(
  context: ViewerContext,
  chosen: Chosen,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [occasion, choices] = await Promise.all([findOccasion(context, chosen), readVisitChoices(context)]);
  return page('admin/form', newVisitView(context, occasion, choices, values, problems), {
    status: problems ? 422 : 200,
  });
}

/** @throws NotFound */
async function findOccasion(
  context: ViewerContext,
  { customerId, requestId }: Chosen,
): Promise<VisitOccasion> {
  if (requestId === undefined) {
    if (customerId === undefined) throw new NotFound('no customer was named');
    return { customer: await findCustomer(context, customerId), request: undefined };
  }
  const { id, customer, request_no: number, subject } = await findRequest(context, requestId);
  if (!customer) throw new NotFound('the request has no customer');
  return { customer, request: { id, number, subject } };
}

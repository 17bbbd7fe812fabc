import { dayOf, formatDay } from '../../core/format.js';
import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { addDays } from '../follow-ups/due-days.js';
import { createFollowUp } from '../follow-ups/follow-ups.service.js';
import { readLateRules } from './late-rules.queries.js';
import { listLateVisits, readLateChoices } from './late-visits.queries.js';
import {
  LateVisitsQuery,
  PostponementForm,
  PostponementParams,
  PostponementQuery,
} from './late-visits.schemas.js';
import { lateVisitsView } from './late-visits.views.js';

export const lateVisitRoutes = [
  route.get('/late-visits', {
    permission: 'customers:read',
    query: LateVisitsQuery,
    handler: async (context, { query }) => {
      const { rules } = await readLateRules(context);
      const [result, choices] = await Promise.all([
        listLateVisits(context, query, rules),
        readLateChoices(context),
      ]);
      return page('late-visits/index', lateVisitsView(context, query, { result, choices, rules }));
    },
  }),
  route.post('/late-visits/:id/postponement', {
    permission: 'follow-ups:manage',
    params: PostponementParams,
    query: PostponementQuery,
    body: PostponementForm,
    handler: async (context, { params, query, body }) => {
      const dueOn = addDays(dayOf(context.deps.now()), body.choice);
      const action = context.t('visitRhythm.followUpAction');
      await createFollowUp(context, params.id, {
        id: query.followUp,
        dueOn,
        dueTime: null,
        action,
        ownerId: null,
      });
      return redirect(body.returnTo, {
        kind: 'success',
        key: 'followUps.planned',
        params: { day: formatDay(dueOn, context.locale) },
      });
    },
  }),
];

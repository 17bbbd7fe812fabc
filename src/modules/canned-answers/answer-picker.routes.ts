import { z } from 'zod';
import { Forbidden } from '../../core/errors.js';
import { listParameters } from '../../core/lists/list.js';
import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { answerPickerView } from './answer-picker.views.js';
import { offerAnswers, offerArticles } from './offers.queries.js';

const PickerQuery = z.strictObject({ q: listParameters([]).q });

export const answerPickerRoutes = [
  route.get('/service-requests/:id/answers', {
    permission: 'service-requests:work',
    params: RequestParams,
    query: PickerQuery,
    handler: async (context, { params, query: { q: typed = '' } }) => {
      const [request, answers, articles] = await Promise.all([
        findRequest(context, params.id),
        offerAnswers(context, typed),
        offerArticles(context, typed),
      ]);
      if (!request.can_work) throw new Forbidden('service-requests:work');
      return page('canned-answers/picker', answerPickerView(context, request, typed, { answers, articles }));
    },
  }),
];

import { z } from 'zod';
import { asLocale, translator } from '../../core/i18n.js';
import { data } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findFeedOwner, listFeedEntries } from './calendar-feeds.queries.js';
import { calendarFeedText } from './calendar-feeds.views.js';

/** The same answer for every token that opens nothing, whatever the reason. */
const nothingHere = data('text/plain; charset=utf-8', 'Not found\n', 404);

export const calendarRoutes = [
  route.get('/p/calendar/:token', {
    permission: 'public',
    params: z.strictObject({ token: z.string() }),
    handler: async ({ deps }, { params }) => {
      const owner = await findFeedOwner(deps, params.token);
      if (!owner) return nothingHere;
      const entries = await listFeedEntries(deps, owner.id);
      const t = translator(asLocale(owner.locale) ?? 'en');
      return data('text/calendar; charset=utf-8', calendarFeedText(t, deps.config.baseUrl, owner, entries));
    },
  }),
];

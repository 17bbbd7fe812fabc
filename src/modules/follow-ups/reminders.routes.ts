import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readReminderSettings } from './calendar-feeds.queries.js';
import { DigestForm, NewFeedForm, RevocationForm } from './reminders.schemas.js';
import { chooseDigest, openCalendarFeed, revokeCalendarFeed } from './reminders.service.js';
import { remindersView } from './reminders.views.js';

export const reminderRoutes = [
  route.get('/profile/reminders', {
    permission: 'signed-in',
    handler: async (context) =>
      page('follow-ups/reminders', remindersView(context, await readReminderSettings(context))),
  }),
  route.post('/profile/reminders', {
    permission: 'signed-in',
    body: DigestForm,
    handler: async (context, { body }) => {
      await chooseDigest(context, body.wantsDigest);
      return redirect('/profile/reminders', { kind: 'success', key: 'reminders.saved' });
    },
  }),
  route.post('/profile/calendar-feed', {
    permission: 'follow-ups:manage',
    body: NewFeedForm,
    // Answers with the page itself: the address is shown once and stands in no session.
    handler: async (context, { body }) => {
      const token = await openCalendarFeed(context, body.id);
      return page('follow-ups/reminders', remindersView(context, await readReminderSettings(context), token));
    },
  }),
  route.post('/profile/calendar-feed/revocation', {
    permission: 'signed-in',
    body: RevocationForm,
    handler: async (context) => {
      await revokeCalendarFeed(context);
      return redirect('/profile/reminders', { kind: 'success', key: 'reminders.calendarRevoked' });
    },
  }),
];

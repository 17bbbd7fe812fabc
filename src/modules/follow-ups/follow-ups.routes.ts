import type { ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { scopeOf } from '../../core/viewer.js';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { listChain } from './follow-up-chain.queries.js';
import { editFollowUpView, newFollowUpView, storedValues } from './follow-up-form.views.js';
import { countBuckets, listFollowUps } from './follow-up-list.queries.js';
import { listOthers, listPossibleOwners } from './follow-up-owners.queries.js';
import { followUpShowView, type RefusedForm } from './follow-up-show.views.js';
import { findFollowUp, type FollowUpRecord } from './follow-ups.queries.js';
import {
  CancellationForm,
  CompletionForm,
  FollowUpForm,
  FollowUpListQuery,
  FollowUpParams,
  FollowUpPrefill,
  NewFollowUpForm,
  SnoozeForm,
  SnoozeQuery,
} from './follow-ups.schemas.js';
import {
  cancelFollowUp,
  changeFollowUp,
  completeFollowUp,
  createFollowUp,
  snoozeFollowUp,
} from './follow-ups.service.js';
import { followUpsView } from './follow-ups-list.views.js';
import { followUpFieldSpecs } from './next-fields.js';

export const followUpRoutes = [
  route.get('/follow-ups', {
    permission: 'follow-ups:manage',
    query: FollowUpListQuery,
    handler: async (context, { query }) => {
      const seesOthers = scopeOf(context.viewer, 'follow-ups:manage') !== 'own';
      const counting = countBuckets(context, query);
      const [result, counts, others] = await Promise.all([
        listFollowUps(context, query, counting),
        counting,
        seesOthers ? listOthers(context) : [],
      ]);
      return page('follow-ups/index', followUpsView(context, query, result, counts, others));
    },
  }),
  route.get('/customers/:id/follow-ups/new', {
    permission: 'follow-ups:manage',
    params: CustomerParams,
    query: FollowUpPrefill,
    handler: (context, { params, query }) => showNewForm(context, params.id, { prefill: query }),
  }),
  route.post('/customers/:id/follow-ups', {
    permission: 'follow-ups:manage',
    params: CustomerParams,
    body: NewFollowUpForm,
    invalid: (context, { params, ...refused }) => showNewForm(context, params.id, { refused }),
    handler: async (context, { params, body: { returnTo, ...body } }) => {
      await createFollowUp(context, params.id, body);
      return redirect(returnTo ?? `/customers/${params.id}`, {
        kind: 'success',
        key: 'followUps.planned',
        params: { day: formatDay(body.dueOn, context.locale) },
      });
    },
  }),
  route.get('/follow-ups/:id', {
    permission: 'customers:read',
    params: FollowUpParams,
    handler: (context, { params }) => showFollowUp(context, params.id),
  }),
  route.get('/follow-ups/:id/edit', {
    permission: 'follow-ups:manage',
    params: FollowUpParams,
    handler: (context, { params }) => showEditForm(context, params.id),
  }),
  route.post('/follow-ups/:id', {
    permission: 'follow-ups:manage',
    params: FollowUpParams,
    body: FollowUpForm,
    invalid: (context, { params, ...refused }) => showEditForm(context, params.id, refused),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeFollowUp(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return showConflict(context, params.id, typed);
        throw error;
      }
      return redirect(`/follow-ups/${params.id}`, { kind: 'success', key: 'followUps.saved' });
    },
  }),
  route.post('/follow-ups/:id/completion', {
    permission: 'follow-ups:manage',
    params: FollowUpParams,
    body: CompletionForm,
    invalid: (context, { params, ...refused }) => showFollowUp(context, params.id, refused),
    handler: async (context, { params, body }) => {
      const { nextOn } = await completeFollowUp(context, params.id, body);
      return redirect(
        '/follow-ups',
        nextOn === null
          ? { kind: 'success', key: 'followUps.done' }
          : {
              kind: 'success',
              key: 'followUps.doneWithNext',
              params: { day: formatDay(nextOn, context.locale) },
            },
      );
    },
  }),
  route.post('/follow-ups/:id/snooze', {
    permission: 'follow-ups:manage',
    params: FollowUpParams,
    query: SnoozeQuery,
    body: SnoozeForm,
    invalid: (context, { params, ...refused }) => showFollowUp(context, params.id, refused),
    handler: async (context, { params, query, body }) => {
      const day = await snoozeFollowUp(context, params.id, query.version, body);
      return redirect(body.returnTo, {
        kind: 'success',
        key: 'followUps.snoozedUntil',
        params: { day: formatDay(day, context.locale) },
      });
    },
  }),
  route.post('/follow-ups/:id/cancellation', {
    permission: 'follow-ups:manage',
    params: FollowUpParams,
    body: CancellationForm,
    invalid: (context, { params, ...refused }) => showFollowUp(context, params.id, refused),
    handler: async (context, { params, body }) => {
      const actionId = await cancelFollowUp(context, params.id, body);
      return redirect('/follow-ups', {
        kind: 'success',
        key: 'followUps.cancelled',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

const statusOf = (refused: RefusedForm | undefined): { status: number } => ({ status: refused ? 422 : 200 });

async function showFollowUp(context: ViewerContext, id: string, refused?: RefusedForm): Promise<Reply> {
  const [followUp, chain] = await Promise.all([findFollowUp(context, id), listChain(context, id)]);
  const owners = followUp.can_manage ? await listPossibleOwners(context, followUp.customer_id) : [];
  return page(
    'follow-ups/show',
    followUpShowView(context, followUp, chain, owners, refused),
    statusOf(refused),
  );
}

async function showNewForm(
  context: ViewerContext,
  customerId: string,
  { prefill = {}, refused }: { readonly prefill?: FormValues; readonly refused?: RefusedForm },
): Promise<Reply> {
  const [customer, owners] = await Promise.all([
    findCustomer(context, customerId),
    listPossibleOwners(context, customerId),
  ]);
  const values = refused?.values ?? { ownerId: context.viewer.id, ...prefill };
  const view = newFollowUpView(context, customer, owners, values, refused?.problems);
  return page('follow-ups/new', view, statusOf(refused));
}

async function showEditForm(context: ViewerContext, id: string, refused?: RefusedForm): Promise<Reply> {
  const followUp = await findManaged(context, id);
  if (followUp.state !== 'open') throw new Conflict('followUps.alreadyFinished');
  const owners = await listPossibleOwners(context, followUp.customer_id);
  const view = editFollowUpView(context, followUp, owners, refused?.values, refused?.problems);
  return page('follow-ups/edit', view, statusOf(refused));
}

async function findManaged(context: ViewerContext, id: string): Promise<FollowUpRecord> {
  const followUp = await findFollowUp(context, id);
  if (!followUp.can_manage) throw new Forbidden('follow-ups:manage');
  return followUp;
}

async function showConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const followUp = await findManaged(context, id);
  const owners = await listPossibleOwners(context, followUp.customer_id);
  const values = { ...typed, version: String(followUp.version) };
  return conflictPage(context, {
    table: 'follow_ups',
    recordId: id,
    name: followUp.action,
    recordHref: `/follow-ups/${id}`,
    specs: followUpFieldSpecs(owners),
    stored: storedValues(followUp),
    typed,
    editForm: editFollowUpView(context, followUp, owners, values).editForm,
  });
}

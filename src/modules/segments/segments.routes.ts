import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { explainMembership } from './explain-membership.queries.js';
import { membershipView } from './membership.views.js';
import { readDraft } from './rule-drafts.js';
import { formPage, readVocabulary, refusedPage } from './segment-form-page.js';
import { conflictForm, firstDraft, segmentFieldSpecs, storedValues } from './segment-form.views.js';
import { segmentProgressView, segmentShowView } from './segment-show.views.js';
import { segmentDeletionView, segmentsIndexView } from './segments-list.views.js';
import { segmentsPath } from './segments-path.js';
import { findSegment, listFirstMembers, listSegments } from './segments.queries.js';
import {
  MembershipParams,
  NewSegmentForm,
  SegmentDeletionForm,
  SegmentForm,
  SegmentListQuery,
  SegmentParams,
  SegmentRefreshForm,
} from './segments.schemas.js';
import { changeSegment, createSegment, deleteSegment, startRefresh } from './segments.service.js';

const reading = 'customers:read';
const managing = 'segments:manage';
const own = `${segmentsPath}/:id`;

export const segmentRoutes = [
  route.get(segmentsPath, {
    permission: reading,
    query: SegmentListQuery,
    handler: async (context, { query }) =>
      page('admin/list', segmentsIndexView(context, query, await listSegments(context, query))),
  }),
  route.get(`${segmentsPath}/new`, {
    permission: managing,
    handler: (context) =>
      formPage(context, { segment: undefined, values: { kind: 'dynamic' }, draft: firstDraft }),
  }),
  route.post(segmentsPath, {
    permission: managing,
    body: NewSegmentForm,
    invalid: (context, { values, problems }) => refusedPage(context, undefined, values, problems),
    handler: async (context, { body }) => {
      await createSegment(context, body);
      return redirect(`${segmentsPath}/${body.id}`, {
        kind: 'success',
        key: 'segments.created',
        params: { name: body.name },
      });
    },
  }),
  route.get(own, {
    permission: reading,
    params: SegmentParams,
    handler: async (context, { params: { id } }) => {
      const [segment, { catalogue, choices }, members] = await Promise.all([
        findSegment(context, id),
        readVocabulary(context),
        listFirstMembers(context, id),
      ]);
      return page('segments/show', segmentShowView(context, segment, catalogue, choices, members));
    },
  }),
  route.get(`${own}/progress`, {
    permission: reading,
    params: SegmentParams,
    handler: async (context, { params: { id } }) =>
      fragment('partials/progress', {
        progress: segmentProgressView(context, await findSegment(context, id)),
      }),
  }),
  route.post(`${own}/refresh`, {
    permission: managing,
    params: SegmentParams,
    body: SegmentRefreshForm,
    handler: async (context, { params: { id } }) => {
      await startRefresh(context, id);
      return redirect(`${segmentsPath}/${id}`);
    },
  }),
  route.get(`${own}/edit`, {
    permission: managing,
    params: SegmentParams,
    handler: async (context, { params: { id } }) => {
      const segment = await findSegment(context, id);
      return formPage(context, { segment, values: storedValues(segment), draft: segment.rules });
    },
  }),
  route.post(own, {
    permission: managing,
    params: SegmentParams,
    body: SegmentForm,
    invalid: (context, { params, values, problems }) => refusedPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body, typed }) => {
      try {
        await changeSegment(context, id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return segmentConflict(context, id, typed);
        throw error;
      }
      return redirect(`${segmentsPath}/${id}`, {
        kind: 'success',
        key: 'segments.saved',
        params: { name: body.name },
      });
    },
  }),
  route.get(`${own}/deletion`, {
    permission: managing,
    params: SegmentParams,
    handler: async (context, { params: { id } }) =>
      page('admin/confirm', segmentDeletionView(context, await findSegment(context, id))),
  }),
  route.post(`${own}/deletion`, {
    permission: managing,
    params: SegmentParams,
    body: SegmentDeletionForm,
    handler: async (context, { params, body }) => {
      const actionId = await deleteSegment(context, params.id, body.version);
      return redirect(segmentsPath, {
        kind: 'success',
        key: 'segments.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
  route.get(`${own}/customers/:customerId`, {
    permission: reading,
    params: MembershipParams,
    handler: async (context, { params: { id, customerId } }) => {
      const [segment, { catalogue, choices }] = await Promise.all([
        findSegment(context, id),
        readVocabulary(context),
      ]);
      const membership = await explainMembership(context, segment, catalogue, customerId);
      const view = membershipView(context, segment, customerId, membership, catalogue, choices);
      return page('segments/membership', view);
    },
  }),
];

async function segmentConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const segment = await findSegment(context, id);
  return conflictPage(context, {
    table: 'segments',
    recordId: id,
    name: segment.name,
    recordHref: `${segmentsPath}/${id}`,
    specs: segmentFieldSpecs(context, false),
    stored: storedValues(segment),
    typed,
    editForm: conflictForm(context, segment, typed, readDraft(typed)),
  });
}

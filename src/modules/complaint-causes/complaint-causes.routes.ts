import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { settingRoutes } from '../service-settings/setting-routes.js';
import { causeName } from './cause-name.js';
import { complaintCauseUpkeep } from './complaint-causes-upkeep.js';
import { findComplaintCause, listComplaintCauses, readComplaintCauses } from './complaint-causes.queries.js';
import { ComplaintCauseForm, NewComplaintCauseForm } from './complaint-causes.schemas.js';
import { changeComplaintCause, createComplaintCause } from './complaint-causes.service.js';
import {
  complaintCausesPath,
  complaintCauseSpecs,
  complaintCausesView,
  complaintCauseValues,
} from './complaint-causes.views.js';

export const complaintCauseRoutes = [
  route.get(complaintCausesPath, {
    permission: 'service-settings:manage',
    handler: async (context) =>
      page('service-settings/ordered', complaintCausesView(context, await listComplaintCauses(context))),
  }),
  ...settingRoutes({
    path: complaintCausesPath,
    title: 'complaintCauses.title',
    newTitle: 'complaintCauses.new',
    upkeep: complaintCauseUpkeep,
    newForm: NewComplaintCauseForm,
    changeForm: ComplaintCauseForm,
    find: findComplaintCause,
    nameOf: ({ t }, { path }) => causeName(t, path),
    specs: async (context, cause) =>
      complaintCauseSpecs(context, await readComplaintCauses(context), cause?.id ?? ''),
    values: complaintCauseValues,
    create: createComplaintCause,
    change: changeComplaintCause,
  }),
];

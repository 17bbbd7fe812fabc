import type { Route } from './core/route.js';
import { auditLogRoutes } from './modules/admin/audit-log/audit-log.routes.js';
import { jobRoutes } from './modules/admin/jobs/jobs.routes.js';
import { loginLogRoutes } from './modules/admin/login-log/login-log.routes.js';
import { outboxRoutes } from './modules/admin/outbox/outbox.routes.js';
import { roleRoutes } from './modules/admin/roles/roles.routes.js';
import { branchRoutes } from './modules/admin/teams/branches.routes.js';
import { teamRoutes } from './modules/admin/teams/teams.routes.js';
import { userRoutes } from './modules/admin/users/users.routes.js';
import { mergeRequestRoutes } from './modules/request-links/merge-requests.routes.js';
import { requestLinkRoutes } from './modules/request-links/request-links.routes.js';
import { requestDraftRoutes } from './modules/request-drafts/request-drafts.routes.js';
import { requestPresenceRoutes } from './modules/request-presence/request-presence.routes.js';
import { requestCategoryRoutes } from './modules/request-categories/request-categories.routes.js';
import { requestStateRoutes } from './modules/request-states/request-states.routes.js';
import { requestTypeRoutes } from './modules/request-types/request-types.routes.js';
import { classificationRuleRoutes } from './modules/classification-rules/classification-rules.routes.js';
import { complaintCauseRoutes } from './modules/complaint-causes/complaint-causes.routes.js';
import { serviceSettingRoutes } from './modules/service-settings/service-settings.routes.js';
import { attachmentRoutes } from './modules/attachments/attachments.routes.js';
import { authRoutes } from './modules/auth/auth.routes.js';
import { bulkChangeRoutes } from './modules/bulk-changes/bulk-changes.routes.js';
import { contactRecordRoutes } from './modules/contact-records/contact-records.routes.js';
import { customerContactRoutes } from './modules/customer-contacts/customer-contacts.routes.js';
import { customFieldRoutes } from './modules/custom-fields/custom-fields.routes.js';
import { collaboratorRoutes } from './modules/customers/collaborators.routes.js';
import { contactPointRoutes } from './modules/customers/contact-points.routes.js';
import { customerTagRoutes } from './modules/customers/customer-tags.routes.js';
import { customerExportRoutes } from './modules/customers/customers-export.routes.js';
import { customerRoutes } from './modules/customers/customers.routes.js';
import { personalDataRoutes } from './modules/personal-data/personal-data.routes.js';
import { customerPageRoutes } from './modules/personal-links/customer-page.routes.js';
import { personalLinkRoutes } from './modules/personal-links/personal-links.routes.js';
import { requestPageRoutes } from './modules/personal-links/request-page.routes.js';
import { purchaseRoutes } from './modules/purchases/purchases.routes.js';
import { deadlinePolicyRoutes } from './modules/deadline-policies/deadline-policies.routes.js';
import { deadlineRoutes } from './modules/deadlines/deadlines.routes.js';
import { calendarDayRoutes } from './modules/working-calendars/calendar-days.routes.js';
import { workingCalendarRoutes } from './modules/working-calendars/working-calendars.routes.js';
import { duplicateRoutes } from './modules/duplicates/duplicates.routes.js';
import { mergeRoutes } from './modules/duplicates/merge.routes.js';
import { erasureRoutes } from './modules/erasures/erasures.routes.js';
import { evaluationRoutes } from './modules/evaluations/evaluations.routes.js';
import { exportRoutes } from './modules/exports/exports.routes.js';
import { calendarRoutes } from './modules/follow-ups/calendar-feeds.routes.js';
import { followUpRoutes } from './modules/follow-ups/follow-ups.routes.js';
import { reminderRoutes } from './modules/follow-ups/reminders.routes.js';
import { homeRoutes } from './modules/home/home.routes.js';
import { importRoutes } from './modules/imports/imports.routes.js';
import { healthRoutes } from './modules/operation/health.routes.js';
import { notificationRoutes } from './modules/notifications/notifications.routes.js';
import { recentActionRoutes } from './modules/recent-actions/recent-actions.routes.js';
import { recycleBinRoutes } from './modules/recycle-bin/recycle-bin.routes.js';
import { servedThingKindRoutes } from './modules/served-things/served-thing-kinds.routes.js';
import { segmentDraftRoutes } from './modules/segments/segment-drafts.routes.js';
import { segmentRoutes } from './modules/segments/segments.routes.js';
import { servedThingRoutes } from './modules/served-things/served-things.routes.js';
import { thingServiceRoutes } from './modules/served-things/thing-services.routes.js';
import { thingExportRoutes } from './modules/served-things/things-export.routes.js';
import { skillRoutes } from './modules/skills/skills.routes.js';
import { absenceRoutes } from './modules/staff-schedules/absences.routes.js';
import { absentRequestRoutes } from './modules/staff-schedules/absent-requests.routes.js';
import { staffScheduleRoutes } from './modules/staff-schedules/staff-schedules.routes.js';
import { evaluationPolicyRoutes } from './modules/surveys/evaluation-policy.routes.js';
import { surveyRoutes } from './modules/surveys/surveys.routes.js';
import { tagRoutes } from './modules/tags/tags.routes.js';
import { tierOverrideRoutes } from './modules/tiers/tier-overrides.routes.js';
import { tierRoutes } from './modules/tiers/tiers.routes.js';
import { lateRulesRoutes } from './modules/visit-rhythm/late-rules.routes.js';
import { lateVisitExportRoutes } from './modules/visit-rhythm/late-visits-export.routes.js';
import { lateVisitRoutes } from './modules/visit-rhythm/late-visits.routes.js';
import { publicPoolRoutes } from './modules/public-pool/public-pool.routes.js';
import { handoverRoutes } from './modules/handovers/handovers.routes.js';
import { answerPickerRoutes } from './modules/canned-answers/answer-picker.routes.js';
import { articleRoutes } from './modules/articles/articles.routes.js';
import { cannedAnswerRoutes } from './modules/canned-answers/canned-answers.routes.js';
import { requestVerbRoutes } from './modules/service-requests/request-verbs.routes.js';
import { requestExportRoutes } from './modules/service-requests/requests-export.routes.js';
import { recurringRequestRoutes } from './modules/recurring-requests/recurring-requests.routes.js';
import { returnVisitPlanRoutes } from './modules/return-visit-plans/return-visit-plans.routes.js';
import { returnVisitExportRoutes } from './modules/return-visits/return-visits-export.routes.js';
import { returnVisitRoutes } from './modules/return-visits/return-visits.routes.js';
import { serviceRequestRoutes } from './modules/service-requests/service-requests.routes.js';
import { savedViewRoutes } from './modules/saved-views/saved-views.routes.js';

/** Every route of the product, module by module. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...homeRoutes,
  ...customerRoutes,
  ...customerExportRoutes,
  ...customerTagRoutes,
  ...contactPointRoutes,
  ...collaboratorRoutes,
  ...purchaseRoutes,
  ...attachmentRoutes,
  ...customerContactRoutes,
  ...servedThingKindRoutes,
  ...servedThingRoutes,
  ...thingServiceRoutes,
  ...thingExportRoutes,
  ...contactRecordRoutes,
  ...followUpRoutes,
  ...reminderRoutes,
  ...calendarRoutes,
  ...lateVisitExportRoutes,
  ...lateVisitRoutes,
  ...lateRulesRoutes,
  ...publicPoolRoutes,
  ...handoverRoutes,
  ...serviceRequestRoutes,
  ...requestExportRoutes,
  ...requestVerbRoutes,
  ...requestLinkRoutes,
  ...mergeRequestRoutes,
  ...requestDraftRoutes,
  ...requestPresenceRoutes,
  ...answerPickerRoutes,
  ...cannedAnswerRoutes,
  ...articleRoutes,
  ...returnVisitExportRoutes,
  ...returnVisitRoutes,
  ...returnVisitPlanRoutes,
  ...recurringRequestRoutes,
  ...notificationRoutes,
  ...deadlinePolicyRoutes,
  ...deadlineRoutes,
  ...workingCalendarRoutes,
  ...calendarDayRoutes,
  ...duplicateRoutes,
  ...mergeRoutes,
  ...importRoutes,
  ...savedViewRoutes,
  ...bulkChangeRoutes,
  ...recycleBinRoutes,
  ...erasureRoutes,
  ...personalDataRoutes,
  ...tagRoutes,
  ...segmentDraftRoutes,
  ...segmentRoutes,
  ...tierRoutes,
  ...tierOverrideRoutes,
  ...skillRoutes,
  ...staffScheduleRoutes,
  ...absenceRoutes,
  ...absentRequestRoutes,
  ...evaluationRoutes,
  ...evaluationPolicyRoutes,
  ...surveyRoutes,
  ...personalLinkRoutes,
  ...requestPageRoutes,
  ...customerPageRoutes,
  ...recentActionRoutes,
  ...userRoutes,
  ...roleRoutes,
  ...teamRoutes,
  ...branchRoutes,
  ...auditLogRoutes,
  ...loginLogRoutes,
  ...outboxRoutes,
  ...jobRoutes,
  ...customFieldRoutes,
  ...serviceSettingRoutes,
  ...requestTypeRoutes,
  ...requestCategoryRoutes,
  ...requestStateRoutes,
  ...classificationRuleRoutes,
  ...complaintCauseRoutes,
  ...exportRoutes,
  ...healthRoutes,
];

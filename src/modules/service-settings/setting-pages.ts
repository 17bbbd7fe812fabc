import type { MessageKey } from '../../core/i18n.js';
import type { Permission } from '../../core/permissions.js';

/** One page of settings, as the index offers it to those who may open it. */
export interface SettingPage {
  readonly href: string;
  readonly title: MessageKey;
  readonly description: MessageKey;
  /** Name of a symbol in public/icons.css. */
  readonly icon: string;
  readonly permission: Permission;
}

const permission = 'service-settings:manage';

/** The pages that settings of service are made on, in the order in which they are set up. */
export const settingPages: readonly SettingPage[] = [
  {
    href: '/admin/request-types',
    title: 'requestTypes.title',
    description: 'requestTypes.about',
    icon: 'inbox',
    permission,
  },
  {
    href: '/admin/request-categories',
    title: 'requestCategories.title',
    description: 'requestCategories.about',
    icon: 'sitemap',
    permission,
  },
  {
    href: '/admin/request-states',
    title: 'requestStates.title',
    description: 'requestStates.about',
    icon: 'transfer',
    permission,
  },
  {
    href: '/admin/classification-rules',
    title: 'classificationRules.title',
    description: 'classificationRules.about',
    icon: 'filter',
    permission,
  },
  {
    href: '/admin/complaint-causes',
    title: 'complaintCauses.title',
    description: 'complaintCauses.about',
    icon: 'alert-circle',
    permission,
  },
  {
    href: '/admin/staff-schedules',
    title: 'staffSchedules.title',
    description: 'staffSchedules.subtitle',
    icon: 'users',
    permission: 'staff-schedules:manage',
  },
  {
    href: '/admin/skills',
    title: 'skills.title',
    description: 'skills.about',
    icon: 'star',
    permission: 'staff-schedules:manage',
  },
  {
    href: '/admin/deadline-policies',
    title: 'deadlinePolicies.title',
    description: 'deadlinePolicies.about',
    icon: 'clock',
    permission,
  },
  {
    href: '/admin/working-calendars',
    title: 'workingCalendars.title',
    description: 'workingCalendars.about',
    icon: 'calendar',
    permission,
  },
  {
    href: '/admin/return-visit-plans',
    title: 'returnVisitPlans.title',
    description: 'returnVisitPlans.about',
    icon: 'transfer',
    permission,
  },
  {
    href: '/canned-answers',
    title: 'cannedAnswers.title',
    description: 'cannedAnswers.about',
    icon: 'message',
    permission: 'answers:manage',
  },
];

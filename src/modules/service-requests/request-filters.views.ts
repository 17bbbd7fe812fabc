import { formView } from '../../core/form.js';
import { keepFilterGroups, keepFilters } from '../../core/lists/kept-filters.js';
import { stateCategories } from '../request-states/request-state.js';
import type { RequestChoices } from './request-choices.queries.js';
import {
  categoryOptions,
  channelOptions,
  namedOptions,
  priorityOptions,
  stateOptions,
  typeOptions,
} from './request-labels.js';
import type { RequestListQuery } from './service-requests.schemas.js';

type Query = Partial<RequestListQuery>;

/** The filters that are used all day. */
export const requestFilters = keepFilters(({ t }, query: Query, choices: RequestChoices) => {
  const categories = stateCategories.map((category) => ({
    value: category,
    label: t(`serviceRequests.progress.${category}`),
  }));
  return formView(
    t,
    [
      { name: 'category', label: 'serviceRequests.progress', kind: 'select', options: categories },
      { name: 'type', label: 'serviceRequests.type', kind: 'select', options: typeOptions(t, choices) },
      { name: 'priority', label: 'serviceRequests.priority', kind: 'select', options: priorityOptions(t) },
      {
        name: 'assignee',
        label: 'serviceRequests.assignee',
        kind: 'select',
        options: namedOptions(choices.people),
      },
    ],
    { ...query, priority: query.priority === undefined ? '' : String(query.priority) },
  ).fields;
});

/** Those that are used less. */
export const moreRequestFilters = keepFilterGroups(({ t }, query: Query, choices: RequestChoices) => {
  const kinds = formView(
    t,
    [
      { name: 'state', label: 'serviceRequests.state', kind: 'select', options: stateOptions(t, choices) },
      {
        name: 'topic',
        label: 'serviceRequests.category',
        kind: 'select',
        options: categoryOptions(t, choices),
      },
      { name: 'channel', label: 'serviceRequests.channel', kind: 'select', options: channelOptions(t) },
      {
        name: 'late',
        label: 'serviceRequests.late',
        kind: 'select',
        options: [{ value: 'yes', label: t('serviceRequests.lateOnly') }],
      },
    ],
    query,
  ).fields;
  const places = formView(
    t,
    [
      { name: 'team', label: 'customers.team', kind: 'select', options: namedOptions(choices.teams) },
      { name: 'branch', label: 'customers.branch', kind: 'select', options: namedOptions(choices.branches) },
      { name: 'receivedFrom', label: 'serviceRequests.receivedFrom', kind: 'date' },
      { name: 'receivedTo', label: 'serviceRequests.receivedTo', kind: 'date' },
    ],
    query,
  ).fields;
  return [
    { legend: t('serviceRequests.filters.kind'), fields: kinds },
    { legend: t('serviceRequests.filters.place'), fields: places },
  ];
});

import type { RequiredField, StateCategory, StateColor, TransitionPermission } from './request-state.js';

export interface ShippedState {
  readonly key: string;
  readonly name: string;
  readonly category: StateCategory;
  readonly color: StateColor;
  readonly isInitial: boolean;
}

export interface ShippedTransition {
  readonly from: string;
  readonly to: string;
  readonly permission: TransitionPermission;
  readonly requiredFields: readonly RequiredField[];
}

/** The lifecycle a new installation starts with: states, and below them the steps between them. Data from then on. */
export const shippedStates: readonly ShippedState[] = [
  { key: 'new', name: 'New', category: 'open', color: 'blue', isInitial: true },
  { key: 'inProgress', name: 'In progress', category: 'open', color: 'yellow', isInitial: false },
  {
    key: 'waiting',
    name: 'Waiting for customer',
    category: 'waiting',
    color: 'secondary',
    isInitial: false,
  },
  { key: 'closed', name: 'Closed', category: 'done', color: 'green', isInitial: false },
  { key: 'cancelled', name: 'Cancelled', category: 'done', color: 'secondary', isInitial: false },
];

const unfinished = ['new', 'inProgress', 'waiting'];
const finished = ['closed', 'cancelled'];

const work = (from: string, to: string): ShippedTransition => ({
  from,
  to,
  permission: 'service-requests:work',
  requiredFields: [],
});

export const shippedTransitions: readonly ShippedTransition[] = [
  work('new', 'inProgress'),
  work('new', 'waiting'),
  work('inProgress', 'waiting'),
  work('waiting', 'inProgress'),
  ...unfinished.flatMap((from): ShippedTransition[] => [
    {
      from,
      to: 'closed',
      permission: 'service-requests:close',
      requiredFields: ['assignee', 'resolution', 'cause', 'responsibility', 'remedy'],
    },
    { from, to: 'cancelled', permission: 'service-requests:close', requiredFields: ['reason'] },
  ]),
  ...finished.map((from): ShippedTransition => ({
    from,
    to: 'inProgress',
    permission: 'service-requests:reopen',
    requiredFields: ['reason'],
  })),
];

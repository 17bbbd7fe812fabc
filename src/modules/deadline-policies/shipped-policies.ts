import type { PolicyTargets } from './deadline-policy.js';

export interface ShippedPolicy {
  readonly key: string;
  readonly name: string;
  /** The shipped type of requests that it is for; null for any. */
  readonly typeKey: string | null;
  readonly priority: number | null;
  /** Working minutes. */
  readonly targets: PolicyTargets;
  readonly warningMinutes: number;
}

/** The deadlines that a new installation starts with. They are data from then on. */
export const shippedPolicies: readonly ShippedPolicy[] = [
  {
    key: 'urgent',
    name: 'Urgent requests',
    typeKey: null,
    priority: 4,
    targets: { firstResponse: 30, update: 120, resolution: 480 },
    warningMinutes: 15,
  },
  {
    key: 'complaint',
    name: 'Complaints',
    typeKey: 'complaint',
    priority: null,
    targets: { firstResponse: 60, update: 240, resolution: 1_440 },
    warningMinutes: 30,
  },
  {
    key: 'everything',
    name: 'Everything else',
    typeKey: null,
    priority: null,
    targets: { firstResponse: 240, update: 960, resolution: 2_400 },
    warningMinutes: 60,
  },
];

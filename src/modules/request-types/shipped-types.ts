import type { RequestBehaviour, RequestPriority } from './request-type.js';

export interface ShippedType {
  readonly key: string;
  readonly name: string;
  readonly behaviour: RequestBehaviour;
  readonly defaultPriority: RequestPriority;
  readonly isSurveyed: boolean;
  readonly isPublic: boolean;
}

/** The types of requests a new installation starts with. They are data from then on. */
export const shippedTypes: readonly ShippedType[] = [
  {
    key: 'consultation',
    name: 'Consultation',
    behaviour: 'plain',
    defaultPriority: 2,
    isSurveyed: true,
    isPublic: true,
  },
  {
    key: 'complaint',
    name: 'Complaint',
    behaviour: 'complaint',
    defaultPriority: 3,
    isSurveyed: true,
    isPublic: true,
  },
  {
    key: 'returnVisit',
    name: 'Return visit',
    behaviour: 'returnVisit',
    defaultPriority: 2,
    isSurveyed: false,
    isPublic: false,
  },
  {
    key: 'repair',
    name: 'Repair',
    behaviour: 'plain',
    defaultPriority: 2,
    isSurveyed: true,
    isPublic: true,
  },
  {
    key: 'recovery',
    name: 'Recovery',
    behaviour: 'recovery',
    defaultPriority: 4,
    isSurveyed: true,
    isPublic: false,
  },
];

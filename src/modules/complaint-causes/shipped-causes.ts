export interface ShippedCause {
  readonly key: string;
  readonly name: string;
  readonly causes: readonly { readonly key: string; readonly name: string }[];
}

/** The causes of complaints a new installation starts with. They are data from then on. */
export const shippedCauses: readonly ShippedCause[] = [
  {
    key: 'service',
    name: 'Service quality',
    causes: [
      { key: 'attitude', name: 'Attitude' },
      { key: 'skill', name: 'Skill' },
      { key: 'waitingTime', name: 'Waiting time' },
    ],
  },
  {
    key: 'product',
    name: 'Product',
    causes: [
      { key: 'productQuality', name: 'Quality' },
      { key: 'outOfStock', name: 'Out of stock' },
    ],
  },
  {
    key: 'price',
    name: 'Price',
    causes: [
      { key: 'wrongBill', name: 'Wrong bill' },
      { key: 'notToldBeforehand', name: 'Not told beforehand' },
    ],
  },
  {
    key: 'environment',
    name: 'Environment',
    causes: [
      { key: 'cleanliness', name: 'Cleanliness' },
      { key: 'noise', name: 'Noise' },
    ],
  },
  {
    key: 'appointment',
    name: 'Appointment',
    causes: [
      { key: 'notKept', name: 'Not kept' },
      { key: 'hardToGet', name: 'Hard to get' },
    ],
  },
  { key: 'other', name: 'Other', causes: [] },
];

/** How much a benchmark fills and how long it measures. */
export interface Scale {
  readonly name: string;
  readonly customers: number;
  readonly serviceRequests: number;
  /** Requests before measuring, and while measuring, for each page and concurrency. */
  readonly warmUp: number;
  readonly requests: number;
  /** Rows of the imported file. */
  readonly importRows: number;
}

export const scales: Readonly<Record<string, Scale>> = {
  /** For the tests: shows that everything is measured, not how fast it is. */
  tiny: { name: 'tiny', customers: 300, serviceRequests: 600, warmUp: 1, requests: 1, importRows: 20 },
  small: {
    name: 'small',
    customers: 10_000,
    serviceRequests: 20_000,
    warmUp: 20,
    requests: 100,
    importRows: 10_000,
  },
  /** Filled in four minutes: for comparing one change with another. */
  medium: {
    name: 'medium',
    customers: 200_000,
    serviceRequests: 400_000,
    warmUp: 10,
    requests: 40,
    importRows: 20_000,
  },
  large: {
    name: 'large',
    customers: 1_000_000,
    serviceRequests: 2_000_000,
    warmUp: 20,
    requests: 100,
    importRows: 100_000,
  },
};

import { segmentsPath } from './segments-path.js';
import type { NamedSegment } from './customer-segments.js';

export interface SegmentCardItem {
  readonly name: string;
  readonly href: string;
  readonly whyHref: string;
}

/** The segments on the record of a customer. */
export const segmentCardItems = (
  customerId: string,
  segments: readonly NamedSegment[],
): readonly SegmentCardItem[] =>
  segments.map(({ id, name }) => ({
    name,
    href: `${segmentsPath}/${id}`,
    whyHref: `${segmentsPath}/${id}/customers/${customerId}`,
  }));

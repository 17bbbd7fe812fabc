import type { RequestKind } from './bounds.js';
import type { Answer } from './client.js';

/** A change that is measured. */
export interface MeasuredWrite {
  readonly name: string;
  readonly kind: RequestKind;
  /** Makes what so many changes need; each call of what it returns makes another one of them. */
  readonly prepare: (times: number) => Promise<() => Promise<Answer>>;
}

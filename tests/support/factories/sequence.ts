import type { Actor } from '../../../src/core/unit-of-work.js';

let last = 0;

/** Numbers that make the names of made rows unique within a test file. */
export function nextNumber(): number {
  last += 1;
  return last;
}

/** Who made the rows of factories, as the audit log sees it. */
export const factoryActor: Actor = { id: null, name: 'factory' };

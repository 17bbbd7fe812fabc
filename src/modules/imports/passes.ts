import type { AuditAction } from '../../core/unit-of-work.js';
import type { Stage } from './import-chunks.js';
import type { ImportState } from './import-states.js';

/** A pass over all chunks of a file in their order: first to check their rows, then to store them. */
export interface Pass {
  readonly action: AuditAction;
  /** The state of the import in which the pass goes on; in any other it stops. */
  readonly state: ImportState;
  readonly from: Stage;
  readonly to: Stage;
}

export const checkPass = {
  action: 'imports.checked',
  state: 'checking',
  from: 'read',
  to: 'checked',
} as const satisfies Pass;

export const storePass = {
  action: 'imports.run',
  state: 'running',
  from: 'checked',
  to: 'stored',
} as const satisfies Pass;

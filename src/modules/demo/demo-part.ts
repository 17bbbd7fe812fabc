import type { Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import type { Company } from './company/company.js';

export interface DemoContext {
  readonly deps: Dependencies;
  /** The unit of work of this part; it is tried again when the database asks for it. */
  readonly tx: Transaction;
}

/**
 * What one module brings into the demo. A part takes who and what there is from the company, and draws its own from
 * `createRandom(company.seed, <name of the part>, …)`, so that parts do not change one another.
 */
export interface DemoPart {
  /** Written into the database, to know what is filled in: lives for ever. */
  readonly name: string;
  fill(context: DemoContext, company: Company): Promise<void>;
}

import type { ChildServer } from './child-server.js';
import { measureWhile } from './measure.js';
import type { LongWork, Workplace } from './workplace.js';

export interface WorkRow {
  readonly name: string;
  readonly seconds: number;
  readonly budget: number | undefined;
  readonly outcome: string;
  /** Megabytes, at most, of the process of pages and of the job worker. */
  readonly memory: { readonly pages: number; readonly worker: number };
  /** Milliseconds: the list's p95 for somebody else meanwhile. */
  readonly othersP95: number;
}

/** Does one work while somebody else reads lists. */
export async function measureWork(
  work: LongWork,
  place: Workplace,
  processes: { readonly pages: ChildServer; readonly worker: ChildServer },
  otherwise: () => Promise<{ readonly status: number; readonly millis: number }>,
): Promise<WorkRow> {
  await Promise.all([processes.pages.forgetMost(), processes.worker.forgetMost()]);
  const began = performance.now();
  let outcome = '';
  const others = await measureWhile(otherwise, async () => {
    outcome = await work.run(place);
  });
  const seconds = (performance.now() - began) / 1_000;
  const memory = {
    pages: (await processes.pages.memory()).most,
    worker: (await processes.worker.memory()).most,
  };
  return { name: work.name, seconds, budget: work.budget, outcome, memory, othersP95: others.p95 };
}

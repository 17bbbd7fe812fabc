import { v7 as newId } from 'uuid';
import type { TestClient } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Asks for the numbers, confirms twice, and works it to its end; returns the page with the numbers, and the id. */
export async function handOver(
  product: TestProduct,
  client: TestClient,
  fields: Fields,
): Promise<{ text: string; id: string }> {
  const id = newId();
  const form = { id, withFollowUps: 'on', withCollaborations: 'on', ...fields };
  const preview = await client.post('/handovers', form);
  for (let times = 0; times < 2; times += 1) {
    const started = await client.post('/handovers', { ...form, isPreviewed: 'on' });
    if (started.status !== 303) throw new Error(`starting a handover answered ${started.status}`);
  }
  await product.runTasks();
  return { text: preview.text, id };
}

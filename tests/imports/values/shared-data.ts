import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { projectRoot } from '../../../src/core/paths.js';

const folder = process.env.SHARED_DATA ?? join(projectRoot, '../shared/data');

/** A file of the data to run the product against, which are not part of it; where it is missing the test says so. */
export function sharedFile(context: TestContext, name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) context.skip(`${name} is not there; SHARED_DATA names the folder with the data`);
  return path;
}

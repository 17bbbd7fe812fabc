import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, from src/core as from whatever file of dist this is bundled into. */
export const projectRoot: string = rootAbove(import.meta.dirname);

function rootAbove(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootAbove(dirname(directory));
}

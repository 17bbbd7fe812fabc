import { join } from 'node:path';

/** The folder of package.json; the same from src/core and from dist/core, whatever the working directory. */
export const projectRoot: string = join(import.meta.dirname, '../..');

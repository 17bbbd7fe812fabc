import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError, migrationNames, prismaDirectory, schemaDrift } from './migrations.js';

const tableAndWhat = /^[a-z][a-z0-9]*(_[a-z0-9]+)*__[a-z0-9]+(_[a-z0-9]+)*$/;

/**
 * Writes the SQL by which schema.prisma is ahead of the migrations as a new migration, to be read and completed by hand.
 * @param name the table, two underscores and what happens to it, in snake case: `customers__add_remark`.
 * @param serverUrl connects as a role that may create databases.
 * @returns the file written, `undefined` when schema.prisma equals the migrations.
 * @throws MigrationError when the name is not of that form or would not be the last one.
 */
export async function draftMigration(
  name: string,
  serverUrl: string,
  directory = prismaDirectory,
): Promise<string | undefined> {
  if (!tableAndWhat.test(name)) {
    throw new MigrationError(
      `"${name}" is not a name like customers__add_remark: table, two underscores, what.`,
    );
  }
  const last = (await migrationNames(directory)).at(-1) ?? '';
  const now = new Date();
  const isSameSecond = last.startsWith(timestamp(now));
  const folder = `${timestamp(isSameSecond ? new Date(now.getTime() + 1_000) : now)}_${name}`;
  if (folder <= last) throw new MigrationError(`${folder} would come before ${last}. Is the clock right?`);
  const script = await schemaDrift(serverUrl, directory);
  if (script === '') return undefined;
  const file = join(directory, 'migrations', folder, 'migration.sql');
  await mkdir(join(directory, 'migrations', folder), { recursive: true });
  await writeFile(file, `${script}\n`, { flag: 'wx' });
  return file;
}

/** UTC, to the second: `20261122103000`. */
const timestamp = (instant: Date) => instant.toISOString().slice(0, 19).replace(/\D/g, '');

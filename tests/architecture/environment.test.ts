import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { projectRoot } from '../../src/core/paths.js';

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();

/** Read outside config.ts: by the formatters, in every process. */
const readElsewhere = ['TIME_ZONE'];
const forComposeAlone = [
  'CRM_APP_PASSWORD',
  'CRM_OWNER_PASSWORD',
  'DATABASE_BUFFERS',
  'POSTGRES_PASSWORD',
  'PUBLISH',
];

describe('R6.2 settings', () => {
  const example = namesIn(read('.env.example'), /^([A-Z_]+)=/gm);

  test('.env.example lists each of them, and nothing else', () => {
    const known = namesIn(read('src/config.ts'), /^ {2}([A-Z_]+): /gm);
    expect(known.length).toBeGreaterThan(10);
    expect(example).toEqual([...known, ...readElsewhere, ...forComposeAlone].sort());
  });

  test('its values are the defaults', () => {
    const lines = [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)];
    const given: Record<string, string> = {};
    for (const [, name = '', value = ''] of lines) given[name] = value;
    expect(readConfig(given)).toEqual(readConfig({}));
  });

  test('docker-compose.yml uses none that is not listed', () => {
    const used = namesIn(read('docker-compose.yml'), /\$\{([A-Z_]+)/g);
    expect(used.filter((name) => !example.includes(name))).toEqual([]);
  });
});

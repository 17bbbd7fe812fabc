import { expect, test } from 'vitest';
import { childOutput } from './child-output.js';
import { openWorkbook, sheetOf } from './export-files.js';

/** exceljs gives the clock of a cell as if it were UTC. */
const clock = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);

test.each(['UTC', 'Asia/Shanghai', 'America/Sao_Paulo', 'Pacific/Kiritimati'])(
  'R1.9 days and moments are the same whatever the time zone of the process: %s',
  async (processZone) => {
    const bytes = await childOutput('days-child.ts', { TZ: processZone, TIME_ZONE: 'Asia/Shanghai' });
    const sheet = sheetOf(await openWorkbook(bytes), 'Customers');
    expect(sheet.getColumn(1).values.slice(2)).toEqual(
      ['1990-01-01', '1990-12-31', '2018-11-04', '2024-02-29', '2026-11-01', '2026-11-22'].map(
        (day) => new Date(`${day}T00:00:00Z`),
      ),
    );
    expect(sheet.getColumn(2).values.slice(2)).toEqual(
      [
        '1990-01-01 08:00:00',
        '1991-01-01 07:59:59',
        '2018-11-04 11:00:00',
        '2024-02-29 20:00:00',
        '2026-11-01 13:30:00',
        '2026-11-23 00:30:05',
      ].map(clock),
    );
  },
);

import type pg from 'pg';
import { requestHistory, type FillStatement } from './request-history.js';
import { requestStatement } from './request-statement.js';
import { requestWords } from './request-words.js';

const prepared: readonly FillStatement[] = [
  {
    name: 'customers in order',
    text: `CREATE TEMP TABLE bench_customers AS
      SELECT row_number() OVER (ORDER BY id)::integer AS place, id, owner_id, team_id, branch_id FROM customers WHERE deleted_at IS NULL`,
  },
  {
    name: 'agents in order',
    text: `CREATE TEMP TABLE bench_agents AS
      SELECT row_number() OVER (ORDER BY id)::integer AS place, id, name FROM users WHERE username LIKE 'user%'`,
  },
  {
    name: 'policies as requests keep them',
    text: `CREATE TEMP TABLE bench_policies AS
      SELECT policies.*, jsonb_build_object('policyName', policies.name, 'calendarId', calendar_id, 'calendarVersion', calendars.version,
        'warningMinutes', warning_minutes, 'targets', jsonb_build_object('firstResponse', first_response_minutes,
        'update', update_minutes, 'resolution', resolution_minutes)) AS basis
      FROM deadline_policies AS policies JOIN working_calendars AS calendars ON calendars.id = calendar_id`,
  },
  { name: 'what planning needs to know', text: 'ANALYZE bench_customers, bench_agents' },
];

export const requestTables = [
  'service_requests',
  'request_entries',
  'request_state_changes',
  'request_assignments',
  'complaints',
  'return_visits',
  'surveys',
  'recurring_requests',
] as const;

/**
 * So many service requests with their history, as set-based statements; how much is skewed like life. Triggers are off
 * meanwhile. The deadlines of what is open are still to be counted.
 */
export async function fillRequests(
  owner: pg.Client,
  count: number,
  report: (what: string) => void,
): Promise<void> {
  for (const table of requestTables) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await owner.query(`SET work_mem = '256MB'`);
  for (const { name, text } of prepared) {
    await owner.query(text);
    report(name);
  }
  await prepareWords(owner);
  await owner.query(requestStatement, [count]);
  report('service requests');
  await owner.query(`SELECT setval('service_request_numbers', $1)`, [count]);
  for (const { name, text } of requestHistory) {
    await owner.query(text);
    report(name);
  }
  await owner.query('RESET work_mem');
  for (const table of requestTables) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

/** One row with a column for each list of words; plain, since a list that lies outside of its row is fetched for each word. */
async function prepareWords(owner: pg.Client): Promise<void> {
  const { things, troubles, englishThings, englishTroubles, details } = requestWords;
  await owner.query(
    `CREATE TEMP TABLE bench_words (things text[] STORAGE PLAIN, troubles text[] STORAGE PLAIN,
       english_things text[] STORAGE PLAIN, english_troubles text[] STORAGE PLAIN, details text[] STORAGE PLAIN)`,
  );
  await owner.query('INSERT INTO bench_words VALUES ($1, $2, $3, $4, $5)', [
    ...[things, troubles, englishThings, englishTroubles, details],
  ]);
}

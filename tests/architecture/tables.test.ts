import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditExemptTables } from '../../src/core/audit-exempt-tables.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { refusalOf } from './refusal.js';

const auditTriggers = ['audit_delete', 'audit_insert', 'audit_truncate', 'audit_update'];

const Table = z.object({ name: z.string(), triggers: z.array(z.string()), id_type: z.string().nullable() });

let product: TestProduct;
let tables: z.infer<typeof Table>[];

beforeAll(async () => {
  product = await startTestProduct();
  tables = await product.query(
    Table,
    `SELECT relname::text AS name,
            ARRAY(SELECT tgname::text FROM pg_trigger
                  WHERE tgrelid = pg_class.oid AND NOT tgisinternal AND tgenabled = 'O' AND tgname LIKE 'audit\\_%'
                  ORDER BY tgname) AS triggers,
            (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
             WHERE attrelid = pg_class.oid AND attname = 'id' AND attnotnull) AS id_type
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
  );
});
afterAll(() => product.close());

const isExempt = (name: string): boolean => Object.hasOwn(auditExemptTables, name);
const auditedTables = () => tables.filter(({ name }) => !isExempt(name)).map(({ name }) => name);

/** Runs a statement as the product's own role, outside a unit of work. */
const asRuntime = (statement: string) => refusalOf(product.deps.database.pool, statement);

describe('R5.3 every table is under audit', () => {
  test('a table has its four triggers or stands in the list of exempt ones', () => {
    const unguarded = tables.filter(
      ({ name, triggers }) => !isExempt(name) && triggers.join() !== auditTriggers.join(),
    );
    expect(unguarded.map(({ name }) => name)).toEqual([]);
  });

  test('the list of exempt tables names real, unguarded tables, each with a reason', () => {
    for (const [name, reason] of Object.entries(auditExemptTables)) {
      const table = tables.find((found) => found.name === name);
      expect(
        table?.triggers.filter((trigger) => trigger !== 'audit_truncate'),
        name,
      ).toEqual([]);
      expect(reason.length, name).toBeGreaterThan(5);
    }
  });

  test('every audited table has a uuid as id, which the log calls the record', () => {
    const others = tables.filter(({ name, id_type }) => !isExempt(name) && id_type !== 'uuid');
    expect(others.map(({ name }) => name)).toEqual([]);
  });
});

describe('R5.3 the database refuses a change that nobody answers for', () => {
  test('of no row, on every audited table', async () => {
    for (const name of auditedTables()) {
      for (const statement of [
        `INSERT INTO ${name} SELECT * FROM ${name} WHERE false`,
        `UPDATE ${name} SET id = id WHERE false`,
        `DELETE FROM ${name} WHERE false`,
      ]) {
        expect(await asRuntime(statement), statement).toMatch(/^42501 unattributed change refused/);
      }
    }
  });

  test('of one row and of many', async () => {
    const row = `(gen_random_uuid(), 'unattributed %s')`;
    const insert = (...numbers: number[]) =>
      `INSERT INTO branches (id, name) VALUES ${numbers.map((number) => row.replace('%s', String(number))).join(', ')}`;
    for (const statement of [
      insert(1),
      insert(2, 3),
      'UPDATE users SET name = name',
      'UPDATE role_grants SET permission = permission',
      'DELETE FROM user_roles',
      `WITH gone AS (DELETE FROM settings RETURNING *) SELECT count(*) FROM gone`,
      `MERGE INTO roles USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET name = roles.name || '!'`,
    ]) {
      expect(await asRuntime(statement), statement).toMatch(/^42501 unattributed change refused/);
    }
  });

  test('by TRUNCATE', async () => {
    for (const name of [...auditedTables(), 'audit_log']) {
      expect(await asRuntime(`TRUNCATE ${name} CASCADE`), name).toMatch(/^42501 permission denied/);
    }
  });

  test('with an actor but without an action, too', async () => {
    const statement = `SELECT set_config('audit.actor_name', 'somebody', true); DELETE FROM branches`;
    expect(await asRuntime(statement)).toMatch(/^42501 unattributed change refused/);
  });
});

describe('R5.3 the product’s own role cannot get around the log', () => {
  const Owned = z.object({ kind: z.string(), name: z.string() });

  test('it owns nothing and is a member of nothing', async () => {
    const owned = await product.query(
      Owned,
      `SELECT 'relation' AS kind, relname::text AS name FROM pg_class WHERE relowner = 'crm_app'::regrole
       UNION ALL SELECT 'function', proname::text FROM pg_proc WHERE proowner = 'crm_app'::regrole
       UNION ALL SELECT 'schema', nspname::text FROM pg_namespace WHERE nspowner = 'crm_app'::regrole
       UNION ALL SELECT 'database', datname::text FROM pg_database WHERE datdba = 'crm_app'::regrole
       UNION ALL SELECT 'role', roleid::regrole::text FROM pg_auth_members WHERE member = 'crm_app'::regrole
       UNION ALL SELECT 'attribute', rolname::text FROM pg_roles
         WHERE rolname = 'crm_app' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)`,
    );
    expect(owned).toEqual([]);
  });

  test('it cannot write, change or remove rows of the log', async () => {
    for (const statement of [
      `INSERT INTO audit_log (actor_name, action, operation) VALUES ('x', 'x.y', 'event')`,
      `UPDATE audit_log SET actor_name = 'x'`,
      'DELETE FROM audit_log',
      `SELECT nextval('audit_log_id_seq')`,
    ]) {
      expect(await asRuntime(statement), statement).toMatch(/^42501 permission denied/);
    }
  });

  test('it cannot remove, disable or replace what writes the log', async () => {
    const statements = auditedTables().flatMap((name) => [
      `DROP TRIGGER audit_update ON ${name}`,
      `ALTER TABLE ${name} DISABLE TRIGGER ALL`,
      `ALTER TABLE ${name} RENAME TO elsewhere`,
      `CREATE RULE nothing AS ON DELETE TO ${name} DO INSTEAD NOTHING`,
    ]);
    for (const statement of [
      ...statements,
      'DROP TABLE audit_log',
      'DROP FUNCTION audit_statement() CASCADE',
      `CREATE OR REPLACE FUNCTION audit_actor_name() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$`,
      'CREATE TABLE public.elsewhere (id uuid)',
      `SET session_replication_role = 'replica'`,
      'SET ROLE crm_owner',
    ]) {
      expect(await asRuntime(statement), statement).toMatch(/^42501/);
    }
  });
});

import type pg from 'pg';

/**
 * What customers did, as set-based statements; how much is skewed like life: most have a purchase or two, a few hundreds.
 * Triggers are off meanwhile, so these rows have no audit rows of their own; rollups are counted in the end.
 */
const statements = [
  `INSERT INTO purchases (id, customer_id, purchased_on, item, amount, branch_id, staff_id, created_at)
   SELECT uuidv7(), customers.id, (created_at + random() * (now() - created_at))::date,
          (ARRAY['剪发', '染发', '护理', '按摩', '美甲', 'Massage'])[1 + floor(random() * 6)],
          CASE WHEN random() < 0.03 THEN -1 ELSE 1 END * round((20 + 400 * random() * random())::numeric, 2),
          branch_id, owner_id, now()
   FROM (SELECT *, least(300, floor(-ln(1 - random()) * 5))::integer AS visits FROM customers) customers,
        generate_series(1, visits)`,
  `INSERT INTO contact_records (id, customer_id, happened_at, channel, direction, outcome, summary, staff_id)
   SELECT uuidv7(), customers.id, created_at + random() * (now() - created_at),
          (ARRAY['phone', 'wechat', 'in_person'])[1 + floor(random() * 3)], 'out',
          (ARRAY['reached', 'not_reached'])[1 + floor(random() * 2)], '聊了最近的服务，约下次时间', owner_id
   FROM (SELECT *, least(100, floor(-ln(1 - random()) * 1.5))::integer AS talks FROM customers WHERE owner_id IS NOT NULL) customers,
        generate_series(1, talks)`,
  `INSERT INTO follow_ups (id, customer_id, owner_id, due_on, action, state, finished_at)
   SELECT uuidv7(), id, owner_id, current_date + floor(random() * 60 - 20)::integer, '回访', state,
          CASE WHEN state = 'open' THEN NULL ELSE now() END
   FROM (SELECT *, CASE WHEN random() < 0.3 THEN 'open' ELSE 'done' END AS state FROM customers
         WHERE owner_id IS NOT NULL AND random() < 0.3) customers`,
  // The condition mentions the customer, so that it is drawn for each of them and not once for a tag.
  `INSERT INTO customer_tags (id, customer_id, tag_id, customer_created_at)
   SELECT uuidv7(), customers.id, tags.id, customers.created_at
   FROM (SELECT id, row_number() OVER (ORDER BY name) AS place FROM tags) tags
   JOIN customers ON random() + 0 * customers.version < 0.6 / place`,
  `UPDATE customers SET custom_values = jsonb_build_object('hairType', (ARRAY['dry', 'oily', 'normal', 'damaged'])[1 + floor(random() * 4)])
   WHERE random() < 0.2`,
  // Every hundredth has been given back into the public pool.
  `UPDATE customers SET owner_id = NULL, previous_owner_id = owner_id, pooled_at = now() - random() * interval '60 days',
          pool_reason = 'noContact' WHERE random() < 0.01 AND deleted_at IS NULL`,
  `UPDATE customer_purchase_totals SET owner_id = NULL FROM customers
   WHERE customers.id = customer_id AND pooled_at IS NOT NULL`,
  `INSERT INTO served_things (id, customer_id, kind_id, name, identifier, next_due_on)
   SELECT uuidv7(), customers.id, kind_id, '爱车', '沪A' || lpad((row_number() OVER ())::text, 6, '0'),
          current_date + floor(random() * 400 - 40)::integer
   FROM customers, (SELECT id AS kind_id FROM served_thing_kinds LIMIT 1) AS kind WHERE random() < 0.1`,
  `SELECT recount_purchases(ARRAY(SELECT DISTINCT customer_id FROM purchases))`,
  `SELECT refresh_service_rhythms()`,
  `UPDATE customer_activities SET last_contact_at = talks.last FROM
     (SELECT customer_id, max(happened_at) AS last FROM contact_records GROUP BY customer_id) talks
   WHERE talks.customer_id = customer_activities.customer_id`,
  `UPDATE customer_activities SET next_follow_up_on = plans.next FROM
     (SELECT customer_id, min(due_on) AS next FROM follow_ups WHERE state = 'open' GROUP BY customer_id) plans
   WHERE plans.customer_id = customer_activities.customer_id`,
];

export const historyTables = [
  'purchases',
  'contact_records',
  'follow_ups',
  'customer_tags',
  'served_things',
  'customer_contact_points',
] as const;

/** Purchases, contact records, follow-ups, tags and one custom field for the customers that are there. */
export async function fillHistory(owner: pg.Client): Promise<void> {
  const tables = [...historyTables, 'customers'];
  await owner.query('SELECT setseed(0.42)');
  for (const table of tables) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of statements) await owner.query(statement);
  for (const table of tables) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

import { joinSql, sql, type Sql } from '../../core/sql.js';
import {
  highestScore,
  largestGroup,
  lowestScore,
  otherBirthDatePoints,
  pairReasons,
  reasonWeights,
  sameNamePoints,
  sharedWeight,
} from './pair-reasons.js';
import { birthDatesDiffer, comparableName, type PairRule } from './pair-rules.js';

/**
 * Brings the pairs of one rule up to date, in one statement over all customers: new pairs come in, known ones get the
 * reason, and pairs that the rule finds no more lose it. Dismissed pairs stay as they are. Run again, it changes nothing.
 */
export const applyRule = (rule: PairRule): Sql => sql`
  WITH keyed AS MATERIALIZED (
    SELECT id, (${rule.key}) COLLATE "C" AS key FROM customers WHERE deleted_at IS NULL AND (${rule.key}) IS NOT NULL
    ${rule.furtherKeys}
  ), groups AS (
    SELECT key, count(*)::integer AS size FROM keyed GROUP BY key HAVING count(*) > 1
  ), members AS MATERIALIZED (
    SELECT customers.id, key, size, row_number() OVER (PARTITION BY key ORDER BY customers.id) AS position,
           birth_date, birth_calendar, gender
    FROM groups JOIN keyed USING (key) JOIN customers USING (id)
    WHERE size <= ${rule.largestGroup} OR ${rule.keepsLargerGroups}
  ), found AS MATERIALIZED (
    SELECT a.id AS first_id, b.id AS second_id, min(a.size) AS size
    FROM members AS a JOIN members AS b ON b.key = a.key AND b.id > a.id
    WHERE (a.size <= ${rule.largestGroup} OR (a.position = 1 AND b.position = 2)) AND ${rule.condition}
    GROUP BY a.id, b.id
  ), forgotten AS (
    UPDATE duplicate_pairs SET reasons = reasons - ${rule.reason}::text, version = version + 1, updated_at = now()
    WHERE state = 'open' AND jsonb_exists(reasons, ${rule.reason})
      AND NOT EXISTS (SELECT FROM found WHERE found.first_id = duplicate_pairs.first_id AND found.second_id = duplicate_pairs.second_id)
  )
  INSERT INTO duplicate_pairs AS pairs (id, first_id, second_id, reasons, score)
  SELECT gen_random_uuid(), first_id, second_id, jsonb_build_object(${rule.reason}::text, size), ${lowestScore}
  FROM found
  ON CONFLICT (first_id, second_id) DO UPDATE
  SET reasons = CASE WHEN pairs.state = 'open' THEN pairs.reasons ELSE '{}' END || excluded.reasons,
      state = 'open', version = pairs.version + 1, updated_at = now()
  WHERE pairs.state = 'merged' OR (pairs.state = 'open' AND NOT pairs.reasons @> excluded.reasons)`;

const points = joinSql(
  pairReasons.map(
    (reason) => sql`CASE WHEN (reasons->>${reason})::integer > ${largestGroup} THEN ${sharedWeight}::integer
                         WHEN jsonb_exists(reasons, ${reason}) THEN ${reasonWeights[reason]}::integer ELSE 0 END`,
  ),
  ' + ',
);

/** Scores the open pairs by their reasons and by what else speaks for or against them. */
export const scorePairs = sql`
  UPDATE duplicate_pairs AS pairs SET score = scored.score, version = pairs.version + 1, updated_at = now()
  FROM (
    SELECT pairs.id,
           greatest(${lowestScore}, least(${highestScore}, ${points}
             + CASE WHEN ${comparableName(sql`a.name`)} = ${comparableName(sql`b.name`)} THEN ${sameNamePoints}::integer ELSE 0 END
             + CASE WHEN ${birthDatesDiffer(sql`a`, sql`b`)} THEN ${otherBirthDatePoints}::integer ELSE 0 END)) AS score
    FROM duplicate_pairs AS pairs
    JOIN customers AS a ON a.id = pairs.first_id JOIN customers AS b ON b.id = pairs.second_id
    WHERE pairs.state = 'open'
  ) AS scored
  WHERE pairs.id = scored.id AND pairs.score <> scored.score`;

/** Marks the pairs whose customers were merged with each other, and removes those that no rule finds any more. */
export const retirePairs: readonly Sql[] = [
  sql`
  UPDATE duplicate_pairs AS pairs SET state = 'merged', version = pairs.version + 1, updated_at = now()
  FROM customers AS a, customers AS b
  WHERE state = 'open' AND a.id = first_id AND b.id = second_id AND (a.merged_into_id = b.id OR b.merged_into_id = a.id)`,
  sql`DELETE FROM duplicate_pairs WHERE state = 'open' AND reasons = '{}'`,
];

import type { ViewerContext } from '../../../core/context.js';
import { RuleTree } from '../../segments/rules.js';
import { rulesSentence } from '../../segments/rule-text.js';
import { segmentCatalogue, type SegmentCatalogue } from '../../segments/segment-catalogue.js';
import { readSegmentChoices, type SegmentChoices } from '../../segments/segment-choices.queries.js';
import type { Image } from './audit-difference.js';
import type { AuditRow } from './audit-log.queries.js';

/**
 * Rows of the log with the rules of segments in words; what no rule can be read from stays as it is. What the words need
 * is read in one statement, where there is a segment among the rows.
 */
export async function withRulesInWords<Row extends AuditRow>(
  context: ViewerContext,
  rows: readonly Row[],
): Promise<Row[]> {
  if (!rows.some(isOfSegment)) return [...rows];
  const choices = await readSegmentChoices(context);
  const catalogue = segmentCatalogue(choices.customFields);
  return rows.map((row) =>
    isOfSegment(row)
      ? {
          ...row,
          before: inWords(context, row.before, catalogue, choices),
          after: inWords(context, row.after, catalogue, choices),
        }
      : row,
  );
}

const isOfSegment = ({ table_name: table, operation }: AuditRow): boolean =>
  table === 'segments' && operation !== 'event';

function inWords(
  context: ViewerContext,
  image: Image | null,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
): Image | null {
  const { data: rules } = RuleTree.safeParse(image?.['rules']);
  return rules === undefined ? image : { ...image, rules: rulesSentence(context, rules, catalogue, choices) };
}

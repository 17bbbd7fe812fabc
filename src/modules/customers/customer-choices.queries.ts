import { z } from 'zod';
import { keepChoices } from '../../core/kept-choices.js';
import { sql } from '../../core/sql.js';
import { CustomField, customFieldsColumn } from '../custom-fields/custom-field.js';
import { allTagsColumn, Tag } from '../tags/tag.js';
import { allSegmentsColumn } from '../segments/customer-segments.js';
import { allTiersColumn } from '../tiers/effective-tier.js';

export const Choice = z.object({ id: z.string(), name: z.string() });
export type Choice = z.infer<typeof Choice>;

const asChoices = sql`coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name, id), '[]')`;

/** Who can own customers; at most 500. */
export const ownersColumn = sql`(
  SELECT ${asChoices} FROM (
    SELECT id, name FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500) AS found)`;

/** A column of a SELECT: every branch as a choice, at most 500. */
export const branchesColumn = sql`(
  SELECT ${asChoices} FROM (SELECT id, name FROM branches ORDER BY name, id LIMIT 500) AS found)`;

/** The same of teams. */
export const teamsColumn = sql`(
  SELECT ${asChoices} FROM (SELECT id, name FROM teams ORDER BY name, id LIMIT 500) AS found)`;

/** The sources in use, in order; a loose index scan, so that a million customers cost no more than a thousand. */
export const sourcesColumn = sql`ARRAY(
  WITH RECURSIVE found AS (
    (SELECT source FROM customers WHERE source IS NOT NULL AND deleted_at IS NULL ORDER BY source LIMIT 1)
    UNION ALL
    SELECT (SELECT source FROM customers WHERE source > found.source AND deleted_at IS NULL ORDER BY source LIMIT 1)
    FROM found WHERE found.source IS NOT NULL)
  SELECT source FROM found WHERE source IS NOT NULL LIMIT 100)`;

const FormChoices = z.object({
  owners: z.array(Choice),
  branches: z.array(Choice),
  sources: z.array(z.string()),
  customFields: z.array(CustomField),
});

/** What the form of a customer offers, and which custom fields it has. */
export type FormChoices = z.infer<typeof FormChoices>;

/** Read in one statement. */
export const readFormChoices = keepChoices<FormChoices>(async ({ deps }) => {
  const [choices] = await deps.database.preparedRows(
    sql`SELECT ${ownersColumn} AS owners, ${branchesColumn} AS branches, ${sourcesColumn} AS sources,
               ${customFieldsColumn} AS "customFields"`,
    FormChoices,
  );
  return FormChoices.parse(choices);
});

const FilterChoices = z.object({
  sources: z.array(z.string()),
  tags: z.array(Tag),
  /** The lowest first. */
  tiers: z.array(Choice),
  segments: z.array(Choice),
  owners: z.array(Choice),
  teams: z.array(Choice),
  branches: z.array(Choice),
  customFields: z.array(CustomField),
});

/** What the list of customers can be filtered by, besides what is always the same. */
export type FilterChoices = z.infer<typeof FilterChoices>;

/** Read in one statement. */
export const readFilterChoices = keepChoices<FilterChoices>(async ({ deps }) => {
  const [choices] = await deps.database.preparedRows(
    sql`SELECT ${sourcesColumn} AS sources, ${allTagsColumn} AS tags, ${allTiersColumn} AS tiers, ${allSegmentsColumn} AS segments,
               ${ownersColumn} AS owners, ${teamsColumn} AS teams, ${branchesColumn} AS branches,
               ${customFieldsColumn} AS "customFields"`,
    FilterChoices,
  );
  return FilterChoices.parse(choices);
});

import type { ViewerContext } from '../context.js';
import { timeZone } from '../format.js';
import { productVersion } from '../version.js';
import type { ExportInformation, ExportSummary, InformationLine } from './export-table.js';
import { wallClock } from './wall-clock.js';

/** What an export is about, in the viewer's words. */
export interface ExportSubject {
  readonly title: string;
  readonly filters: readonly { readonly words: string }[];
  readonly remarks?: readonly string[];
}

/** The information sheet of a viewer's export: what, which rows, who, when, how many, made by what. */
export function exportInformation(context: ViewerContext, subject: ExportSubject): ExportInformation {
  const { t, viewer, deps } = context;
  const startedAt = `${wallClock(deps.now())} (${timeZone})`;
  const filters =
    subject.filters.length > 0 ? subject.filters.map(({ words }) => words) : [t('exports.noFilter')];
  const madeBy = `${t('frame.productName')} ${productVersion}`;
  return {
    madeBy,
    sheetName: t('exports.information'),
    labelHeader: t('exports.informationLabel'),
    valueHeader: t('exports.informationValue'),
    lines: (summary) => [
      { label: t('exports.contents'), value: subject.title },
      ...filters.map((value) => ({ label: t('exports.filter'), value })),
      ...(subject.remarks ?? []).map((value) => ({ label: t('exports.remark'), value })),
      { label: t('exports.person'), value: `${viewer.name} (${viewer.username})` },
      { label: t('exports.time'), value: startedAt },
      { label: t('exports.rows'), value: summary.rowCount },
      ...sheetLines(context, summary),
      ...shortenedLines(context, summary),
      { label: t('exports.madeBy'), value: madeBy },
    ],
  };
}

const sheetLines = ({ t }: ViewerContext, { sheetNames }: ExportSummary): InformationLine[] =>
  sheetNames.length > 1 ? [{ label: t('exports.sheets'), value: sheetNames.length }] : [];

/** Says which texts were cut, so that nobody takes the file for more than it is. */
function shortenedLines(
  { t }: ViewerContext,
  { shortenedCount, shortenedCells }: ExportSummary,
): InformationLine[] {
  if (shortenedCount === 0) return [];
  const more = shortenedCount > shortenedCells.length ? ' …' : '';
  return [
    { label: t('exports.shortened'), value: shortenedCount },
    { label: t('exports.shortenedCells'), value: shortenedCells.join(', ') + more },
  ];
}

export const delimiters = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof delimiters)[number];

const sampleRecords = 50;

/** A quoted cell with its delimiters and line breaks; the sample may end inside one. */
const quotedCell = /(^|[,;\t|\r\n])"[^"]*(?:""[^"]*)*(?:"|$)/g;

/**
 * Finds what separates the cells: the delimiter that splits most records of the sample as it splits the header. What
 * stands between quotation marks does not count. A single column reads as `,`.
 */
export function detectDelimiter(sample: string): Delimiter {
  const records = sample
    .replaceAll(quotedCell, '$1')
    .split(/\r\n?|\n/)
    .filter((record) => record.trim() !== '')
    .slice(0, sampleRecords);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = scoreOf(records.map((record) => record.split(delimiter).length - 1));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

function scoreOf(counts: readonly number[]): number {
  const [header = 0] = counts;
  const alike = counts.filter((count) => count === header).length;
  return header === 0 ? 0 : (alike / counts.length) * Math.log1p(header);
}

import { readArchive } from '../personal-data/read-archive.js';

/** A value that was seeded once and so tells, wherever it turns up, whose it is. */
export interface Canary {
  readonly kind: 'phone' | 'email' | 'wechat' | 'address' | 'attachment';
  /** As stored: a phone in E.164. */
  readonly value: string;
  readonly customerId: string;
}

/** Letters and digits alone, so that spaces, dashes and brackets hide nothing. */
const condense = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const needles = new WeakMap<Canary, string>();

/** What is looked for: a phone with or without its country code. */
function needleOf(canary: Canary): string {
  const known = needles.get(canary);
  if (known !== undefined) return known;
  const { kind, value } = canary;
  const needle = condense(kind === 'phone' ? value.replace(/^\+86/, '') : value);
  needles.set(canary, needle);
  return needle;
}

/** The canaries that a text holds in any spelling: escaped for HTML, XML or addresses, or torn apart by tags. */
export function canariesIn(text: string, canaries: readonly Canary[]): Canary[] {
  const unescaped = decodeEntities(text);
  const haystack = [decodeAddress(unescaped), unescaped.replace(/<[^>]*>/g, '')].map(condense).join('\n');
  return canaries.filter((canary) => haystack.includes(needleOf(canary)));
}

const decodeAddress = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return named[name ?? ''] ?? whole;
    },
  );

/** The text of an answer; of a workbook, that of all its parts. */
export function textOf(body: Buffer): string {
  if (body.subarray(0, 2).toString('latin1') !== 'PK') return body.toString('utf8');
  return [...readArchive(body).values()].map((part) => part.toString('utf8')).join('\n');
}

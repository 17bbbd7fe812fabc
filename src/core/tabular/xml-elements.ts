/** Attributes by their name without a namespace prefix. */
export type Attributes = ReadonlyMap<string, string>;

const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The attributes of every element of that name, in order, with or without a namespace prefix. Only for the small parts
 * of a workbook that list things: it knows nothing of nesting, comments or CDATA.
 */
export function elementsOf(xml: string, name: string): Attributes[] {
  const tags = xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>`, 'g'));
  return [...tags].map(([, inside = '']) => {
    const pairs = inside.matchAll(/(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
    return new Map(
      [...pairs].map(([, key = '', double, single]) => [key, unescapeXml(double ?? single ?? '')]),
    );
  });
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return namedEntities[name] ?? whole;
    const point = Number(name.toLowerCase().replace('#x', '0x').replace('#', ''));
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

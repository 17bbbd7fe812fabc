export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** A day `yyyy-mm-dd`, or a moment as `toISOString` writes it. */
  readonly start: string;
}

/** Reads a calendar as RFC 5545 says: unfolds, takes properties apart, and undoes the escapes. Alarms are left aside. */
export function readCalendar(text: string): { readonly name: string; readonly events: readonly ReadEvent[] } {
  const lines = text.replace(/\r\n /g, '').split('\r\n').slice(0, -1);
  const withoutAlarms = lines.join('\n').replace(/BEGIN:VALARM\n[\s\S]*?END:VALARM\n/g, '');
  const [head = '', ...bodies] = withoutAlarms.split('BEGIN:VEVENT\n');
  return {
    name: unescapeText(valueOf(head, 'NAME')),
    events: bodies.map((body) => ({
      uid: valueOf(body, 'UID'),
      sequence: Number(valueOf(body, 'SEQUENCE')),
      summary: unescapeText(valueOf(body, 'SUMMARY')),
      description: unescapeText(valueOf(body, 'DESCRIPTION')),
      url: valueOf(body, 'URL'),
      start: startOf(valueOf(body, 'DTSTART')),
    })),
  };
}

const valueOf = (block: string, name: string): string =>
  new RegExp(`^${name}(?:;[^:]*)?:(.*)$`, 'm').exec(block)?.[1] ?? '';

const unescapeText = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_match, character: string) =>
    character.toLowerCase() === 'n' ? '\n' : character,
  );

function startOf(value: string): string {
  const [, year = '', month = '', day = '', time] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?$/.exec(value) ?? [];
  const date = `${year}-${month}-${day}`;
  return time ? `${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}.000Z` : date;
}

/** An entry of a calendar: a whole day, or a moment of a day. */
export interface CalendarEntry {
  /** Stays the same for the life of the entry. */
  readonly uid: string;
  /** Counts the changes of the entry. */
  readonly sequence: number;
  readonly changedAt: Date;
  /** A day `yyyy-mm-dd`, or the moment at which it begins. */
  readonly start: string | Date;
  readonly title: string;
  readonly description: string;
  readonly url: string;
}

/** Octets of a line without its end (RFC 5545, 3.1). */
const longestLine = 75;

const lineEnd = '\r\n';

/**
 * A calendar as RFC 5545 text: UTF-8, folded, escaped. Moments are in UTC, so no time zone needs describing. Entries take
 * no time from the day and remind by themselves: 15 minutes before a moment, at nine on a whole day.
 */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Service CRM//Follow-ups//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...entries.flatMap(entryLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => fold(line) + lineEnd).join('');
}

function entryLines(entry: CalendarEntry): string[] {
  const isWholeDay = typeof entry.start === 'string';
  return [
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `SEQUENCE:${entry.sequence}`,
    // Without a METHOD this is when the entry was last changed (3.8.7.2), so an unchanged calendar is the same text.
    `DTSTAMP:${utc(entry.changedAt)}`,
    `LAST-MODIFIED:${utc(entry.changedAt)}`,
    ...(typeof entry.start === 'string'
      ? [`DTSTART;VALUE=DATE:${entry.start.replaceAll('-', '')}`, 'DURATION:P1D']
      : [`DTSTART:${utc(entry.start)}`, 'DURATION:PT30M']),
    `SUMMARY:${escapeText(entry.title)}`,
    `DESCRIPTION:${escapeText(entry.description)}`,
    `URL:${entry.url}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:${isWholeDay ? 'PT9H' : '-PT15M'}`,
    `DESCRIPTION:${escapeText(entry.title)}`,
    'END:VALARM',
    'END:VEVENT',
  ];
}

/** `20261122T073000Z` */
const utc = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** TEXT values (3.3.11): control characters have no place in them, line ends become `\n`. */
const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** Breaks a line into pieces of 75 octets at most, never within a character; pieces after the first begin with a space. */
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join(lineEnd);
}

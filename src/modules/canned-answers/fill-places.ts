/** What the words of an answer can leave open until it is used. */
export const placeNames = ['customer', 'requestNo', 'staff', 'branch', 'dueTime'] as const;
export type PlaceName = (typeof placeNames)[number];

/** Stands where there is nothing to fill in, so that whoever answers sees the gap. */
export const blank = '____';

const place = /\{\{\s*(\w+)\s*\}\}/g;

const isPlaceName = (name: string): name is PlaceName => placeNames.some((known) => known === name);

/** Fills every place of an answer with its value, an empty one with a blank. Values are never read as places. */
export const fillPlaces = (body: string, values: Readonly<Record<PlaceName, string>>): string =>
  body.replace(place, (whole, name: string) => (isPlaceName(name) ? values[name] || blank : whole));

/** The first thing between or beside double braces that is no place, as it is written; undefined when all are. */
export function unknownPlace(body: string): string | undefined {
  const rest = body.replace(place, (whole, name: string) => (isPlaceName(name) ? '\n' : whole));
  return /\{\{[^{}\n]{0,40}(\}\})?|\}\}/.exec(rest)?.[0];
}

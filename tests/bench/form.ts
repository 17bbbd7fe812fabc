import { load } from 'cheerio';
import { textOf, type Answer } from './client.js';

export interface PageForm {
  readonly action: string;
  /** What a browser would send if nobody typed anything; more values of a name in order. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The form of a page that goes to an address. @throws Error when the page has none. */
export function formOf(page: Answer, action: string): PageForm {
  const form = load(textOf(page))(`form[action="${action}"]`).first();
  if (form.length === 0) throw new Error(`the page has no form for ${action}`);
  // Beside an option that is chosen in a group, cheerio would send the first one of the list.
  form.find('select:has(option[selected]) option:not([selected])').remove();
  const fields: Record<string, string[]> = {};
  for (const { name, value } of form.serializeArray()) (fields[name] ??= []).push(value);
  return { action, fields };
}

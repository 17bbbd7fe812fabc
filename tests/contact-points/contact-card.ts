import { load, type CheerioAPI } from 'cheerio';
import type { TestClient } from '../support/client.js';

/** The card of a customer's record that says how to reach them, as a document of its own. */
export async function cardOf(client: TestClient, customerId: string): Promise<CheerioAPI> {
  const page = await client.page(`/customers/${customerId}`);
  return load(page('[aria-labelledby="contact-heading"]').html() ?? '');
}

/** What the card shows: labels and masked values. */
export async function shownContacts(client: TestClient, customerId: string): Promise<[string, string][]> {
  const card = await cardOf(client, customerId);
  return card('dl > div')
    .toArray()
    .map((item) => [card(item).find('dt').text().trim(), card(item).find('dd span').first().text().trim()]);
}

/** Names of the customers that a search finds. */
export async function namesFound(client: TestClient, text: string): Promise<string[]> {
  const page = await client.page(`/customers?sort=name&q=${encodeURIComponent(text)}`);
  return page('#list tbody tr')
    .toArray()
    .map((row) => page(row).find('a').first().text().trim());
}

import { createProfile, demoFields, demoTags, type DemoTag } from '../company/profile.js';
import { dayText } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom } from '../random.js';

/** Tags with their customers, and the custom fields whose values the customers came with. */
export const profilesPart: DemoPart = {
  name: 'profiles',
  async fill({ tx }, { seed, today, customers }) {
    const random = createRandom(seed, 'profiles');
    const moment = new Date(dayText(today));
    const id = (): string => random.uuid(moment);
    const fields = demoFields.map((field, position) => ({ id: id(), ...field, position }));
    await insertRows(tx, 'custom_fields', fields);
    const tags = Object.entries(demoTags).map(([name, color]) => ({ id: id(), name, color }));
    await insertRows(tx, 'tags', tags);
    const idOf = (tag: DemoTag): string => tags.find(({ name }) => name === tag)?.id ?? '';
    const held = customers.flatMap((customer) =>
      createProfile(seed, customer).tags.map((tag) => ({
        id: id(),
        customer_id: customer.id,
        tag_id: idOf(tag),
      })),
    );
    await insertRows(tx, 'customer_tags', held);
  },
};

import { calculateTiers } from '../../tiers/tier-calculation.service.js';
import { everybody } from '../../tiers/tier-decisions.js';
import { asDate } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { createRandom } from '../random.js';

const tiers = [
  { name: '银卡', rank: 1, color: 'secondary', minimumAmount: '1000', minimumPurchases: 3 },
  { name: '金卡', rank: 2, color: 'yellow', minimumAmount: '4000', minimumPurchases: 6 },
  { name: '钻石', rank: 3, color: 'blue', minimumAmount: '10000', maximumRecency: 90 },
] as const;

const overrideDays = 180;

/** Three tiers with the customers who fit, and one who has hers by hand. Tiers that are there already stay alone. */
export const tiersPart: DemoPart = {
  name: 'tiers',
  async fill({ deps, tx }, { seed, today, customers, staff }) {
    if ((await tx.tier.count()) > 0) return;
    const random = createRandom(seed, 'tiers');
    const rows = tiers.map((tier) => ({ id: random.uuid(asDate(today)), ...tier }));
    await tx.tier.createMany({ data: rows });
    await calculateTiers(tx, deps, everybody);
    const customer = customers.find(({ deletion }) => deletion === undefined);
    const manager = staff.find(({ role }) => role === 'manager');
    const gold = rows.find(({ rank }) => rank === 2);
    if (!customer || !manager || !gold) return;
    const override = {
      overrideId: gold.id,
      overrideReason: '多次介绍朋友到店',
      overrideUntil: asDate(today + overrideDays),
      overriddenById: manager.id,
    };
    await tx.customerTier.upsert({
      where: { id: customer.id },
      create: { id: customer.id, ...override },
      update: override,
    });
  },
};

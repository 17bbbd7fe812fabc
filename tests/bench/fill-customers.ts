import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../src/core/context.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { sealContact } from '../../src/modules/customers/contact-details.js';
import { spellName } from '../../src/modules/customers/customer-name.js';
import { skipUsedNumbers } from '../../src/modules/customers/customer-numbers.js';
import { createPerson, recordPerson } from '../../src/modules/demo/company/person.js';
import { dayNumber } from '../../src/modules/demo/days.js';
import { insertRows } from '../../src/modules/demo/insert-rows.js';
import { createRandom, type Random } from '../../src/modules/demo/random.js';
import type { Place } from './fill-organisation.js';

const sources = ['门店', '大众点评', '小红书', '抖音', '朋友推荐', '美团', '官网', '活动'];
const roads = ['人民路', '中山路', '解放路', '建设路', '和平路', '新华路'];
const cities = Array.from({ length: 300 }, (_, index) => `城市${index + 1}`);
const millisPerDay = 86_400_000;
/** Days since the first customer came. */
const daysOfCustomers = 1_095;
const rowsAtOnce = 5_000;

/**
 * Customers as life makes them: skewed cities and owners, some without phone, a few that share one, a few deleted; stored
 * in the order in which they came, as the pages of a table in use are.
 */
export async function fillCustomers(
  deps: Dependencies,
  count: number,
  places: readonly Place[],
  now: Date,
): Promise<void> {
  const actor = { id: null, name: 'bench' };
  for (let start = 0; start < count; start += rowsAtOnce) {
    const size = Math.min(rowsAtOnce, count - start);
    const random = createRandom('bench', start);
    const rows = Array.from({ length: size }, (_, index) =>
      customerRow(deps, random, { index: start + index, count }, places, now),
    );
    const insert = { timeoutMillis: 60_000 };
    await unitOfWork({ deps, actor }, 'bench.filled', (tx) => insertRows(tx, 'customers', rows), insert);
  }
  await unitOfWork({ deps, actor }, 'bench.filled', (tx) => skipUsedNumbers(tx));
}

function customerRow(
  { cipher }: Dependencies,
  random: Random,
  { index, count }: { readonly index: number; readonly count: number },
  places: readonly Place[],
  now: Date,
) {
  const today = dayNumber(now.toISOString().slice(0, 10));
  const person = createPerson(random, today);
  const record = recordPerson(random, person, today);
  const spelling = spellName(person.name);
  const age = 1 - (index + random.next()) / count;
  const createdAt = new Date(now.getTime() - Math.floor(age * daysOfCustomers * millisPerDay)).toISOString();
  const id = newId({ msecs: Date.parse(createdAt) });
  const sealed = sealContact(cipher, id, contactOf(random, index));
  const place = random.chance(0.03) ? undefined : random.pickSkewed(places);
  return {
    id,
    customer_no: `C${String(index + 1).padStart(7, '0')}`,
    name: person.name,
    name_pinyin: spelling.pinyin,
    name_initials: spelling.initials,
    gender: record.gender,
    birth_date: record.birthDate,
    birth_calendar: record.birthCalendar,
    city: random.chance(0.9) ? random.pickSkewed(cities) : null,
    source: random.chance(0.95) ? random.pickSkewed(sources) : null,
    phone_encrypted: sealed.phoneEncrypted,
    phone_hash: sealed.phoneHash,
    phone_last4_hash: sealed.phoneLast4Hash,
    email_encrypted: sealed.emailEncrypted,
    email_hash: sealed.emailHash,
    wechat_encrypted: sealed.wechatEncrypted,
    wechat_hash: sealed.wechatHash,
    address_encrypted: sealed.addressEncrypted,
    first_visit_on: createdAt.slice(0, 10),
    owner_id: place?.ownerId ?? null,
    team_id: place?.teamId ?? null,
    branch_id: (place ?? random.pick(places)).branchId,
    deleted_at: random.chance(0.005) ? now.toISOString() : null,
    created_at: createdAt,
    updated_at: createdAt,
    version: 1,
  };
}

/** One in two hundred shares the phone of somebody before. */
function contactOf(random: Random, index: number) {
  const holder = random.chance(0.005) ? Math.floor(index * random.next()) : index;
  return {
    phone: random.chance(0.95) ? phoneOf(holder) : null,
    email: random.chance(0.4) ? emailOf(index) : null,
    wechat: random.chance(0.3) ? `wx_bench_${index}` : null,
    address: random.chance(0.5) ? `${random.pick(roads)} ${random.integer(1, 999)} 号` : null,
  };
}

/** Spread over eleven digits by a multiplication that repeats nothing. */
const phoneOf = (index: number): string =>
  `+8613${String((index * 700_001 + 1_234_567) % 1_000_000_000).padStart(9, '0')}`;
const emailOf = (index: number): string => `customer${index}@example.com`;

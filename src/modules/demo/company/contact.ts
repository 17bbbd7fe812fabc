import type { ContactDetails } from '../../customers/contact-details.js';
import { spellName } from '../../customers/customer-name.js';
import type { Random } from '../random.js';
import type { DemoBranch } from './branches.js';
import type { Person } from './person.js';

const mobilePrefixes = [
  '138',
  '139',
  '136',
  '137',
  '186',
  '158',
  '188',
  '135',
  '189',
  '159',
  '150',
  '177',
  '199',
];
/** Numbers 555-0100 to 555-0199 are kept for fiction in North America (ATIS-0300115). */
const americanAreas = ['202', '212', '312', '415', '617'];
const roads = [
  '人民路',
  '中山路',
  '解放路',
  '建设路',
  '和平路',
  '新华路',
  '文化路',
  '青年路',
  '滨江路',
  '学府路',
];
const latinRoads = ['Renmin Road', 'Zhongshan Road', 'Heping Road', 'Xinhua Road', 'Binjiang Road'];

/** How to reach a customer. All of it is made up; mail goes to domains that are kept for examples. */
export function createContact(
  random: Random,
  person: Person,
  branch: DemoBranch,
  city: string | null,
): ContactDetails {
  const handle = handleOf(random, person);
  return {
    phone: random.chance(0.95) ? phoneOf(random, person) : null,
    email: random.chance(person.isForeign ? 0.75 : 0.22)
      ? `${handle}@${person.isForeign ? 'example.com' : 'example.cn'}`
      : null,
    wechat: random.chance(0.62) ? `${random.chance(0.3) ? 'wx_' : ''}${handle}`.slice(0, 20) : null,
    address: random.chance(0.34) ? addressOf(random, person, branch, city) : null,
  };
}

/** A user name of six letters and digits or more, as WeChat asks for. */
function handleOf(random: Random, person: Person): string {
  const letters = spellName(person.name).pinyin.slice(0, 14) || 'guest';
  return `${letters}${random.integer(100, 9_999)}`;
}

function phoneOf(random: Random, person: Person): string {
  const digits = (count: number): string => String(random.integer(0, 10 ** count - 1)).padStart(count, '0');
  return person.isForeign && random.chance(0.2)
    ? `+1${random.pick(americanAreas)}55501${digits(2)}`
    : `+86${random.pickSkewed(mobilePrefixes)}${digits(8)}`;
}

function addressOf(random: Random, person: Person, branch: DemoBranch, city: string | null): string {
  const place = city === null || city === branch.city ? `${branch.city}市${branch.district}` : `${city}市`;
  const house = random.integer(2, 680);
  const building = random.integer(1, 24);
  const room = random.integer(1, 28) * 100 + random.integer(1, 6);
  return person.isForeign
    ? `Room ${room}, Building ${building}, ${house} ${random.pick(latinRoads)}, ${branch.latinPlace}`
    : `${place}${random.pick(roads)}${house}号${building}幢${room}室`;
}

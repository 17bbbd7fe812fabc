import type { Random } from '../random.js';
import type { Sex } from './chinese-names.js';

interface NameStock {
  readonly weight: number;
  readonly given: Record<Sex, readonly string[]>;
  readonly family: Record<Sex, readonly string[]>;
  readonly familyFirst?: true;
}

const words = (text: string): string[] => text.split(' ');
const both = (text: string): Record<Sex, string[]> => ({ female: words(text), male: words(text) });

const english: NameStock = {
  weight: 12,
  given: {
    female: words(
      'Emily Sarah Jessica Laura Hannah Rachel Megan Sophie Charlotte Amy Rebecca Claire Alice Zoe Helen',
    ),
    male: words(
      'James Thomas Daniel Matthew Andrew Oliver Ryan Peter Samuel Mark Adam Simon Patrick Ben George',
    ),
  },
  family: both(
    "Smith Taylor Brown Wilson Evans Walker Wright Turner Hughes Carter Bennett Murphy O'Connor Fraser Hill Shaw",
  ),
};

/** Chinese people who go by an English name. */
const overseas: NameStock = {
  weight: 8,
  given: {
    female: words('Vivian Cindy Coco Amanda Ivy Fiona Yvonne Tiffany'),
    male: words('Kevin Jason Eric Vincent Leo Raymond Alan Victor'),
  },
  family: both('Wong Chan Lin Chen Liu Tan Lim Huang Leung Zhang Ng Ho'),
};

const others: readonly NameStock[] = [
  {
    weight: 2,
    given: {
      female: words('Yuki Aiko Naomi Haruka Mayumi'),
      male: words('Kenji Takeshi Hiroshi Daisuke Shota'),
    },
    family: both('Tanaka Suzuki Yamamoto Kobayashi Watanabe Ito'),
  },
  {
    weight: 2,
    given: { female: words('Ji-woo Min-ji Soo-ah Hye-jin'), male: words('Min-jun Seo-jun Ji-hoon Tae-yang') },
    family: both('Kim Park Lee Choi Jung'),
    familyFirst: true,
  },
  {
    weight: 1.5,
    given: { female: words('Élodie Camille Chloé Aurélie'), male: words('Étienne Julien Rémi François') },
    family: both('Lefèvre Moreau Girard Rousseau Fournier'),
  },
  {
    weight: 1.5,
    given: { female: words('Jana Katrin Ulrike Anneke'), male: words('Jürgen Stefan Björn Lukas') },
    family: both('Müller Schröder Weiß Köhler Hoffmann'),
  },
  {
    weight: 1,
    given: { female: words('María Lucía Inés Begoña'), male: words('José Andrés Íñigo Joaquín') },
    family: both('García Muñoz Hernández Peña Vázquez'),
  },
  {
    weight: 1,
    given: { female: ['Thị Lan', 'Thị Hương', 'Ngọc Ánh'], male: ['Văn An', 'Đức Minh', 'Quốc Bảo'] },
    family: both('Nguyễn Trần Lê Phạm Đặng'),
    familyFirst: true,
  },
  {
    weight: 1,
    given: { female: words('Анна Мария Ольга Елена'), male: words('Иван Алексей Дмитрий Сергей') },
    family: {
      female: words('Соколова Морозова Волкова Лебедева'),
      male: words('Соколов Морозов Волков Лебедев'),
    },
  },
];

const stocks = [english, overseas, ...others];

/** The name of somebody who moved to China, or goes by a Latin name there. */
export function foreignName(random: Random, sex: Sex): string {
  const stock = random.weighted(stocks, ({ weight }) => weight);
  const names = [random.pick(stock.given[sex]), random.pick(stock.family[sex])];
  return (stock.familyFirst ? names.reverse() : names).join(' ');
}

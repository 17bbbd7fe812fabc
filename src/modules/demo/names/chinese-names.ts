import type { Random } from '../random.js';

export type Sex = 'female' | 'male';

const characters = (text: string): string[] => Array.from(text);

/** From the most frequent on; the first ten are those of three in ten. */
const surnames = characters(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢' +
    '姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
);
/** Among them some that are read otherwise than their character: 单 is shan, 查 is zha. */
const rareSurnames = ['欧阳', '上官', '司徒', '诸葛', '单', '仇', '解', '查'];

interface NameCharacters {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** What parents liked, by the years in which they chose. */
const fashions: readonly (Record<Sex, NameCharacters> & { readonly bornFrom: number })[] = [
  {
    bornFrom: 1994,
    female: {
      first: characters('雨梓思诗欣佳可梦语若晓婉雅心子一'),
      second: characters('涵萱怡琪瑶妍彤晴悦宁婷雯蕾桐溪冉'),
    },
    male: {
      first: characters('子浩宇俊思嘉明泽博梓一皓奕天'),
      second: characters('轩然豪杰航涛晨凯睿霖辰阳宸铭'),
    },
  },
  {
    bornFrom: 1976,
    female: {
      first: characters('丽静晓佳雪海文春小艳慧婷玉红'),
      second: characters('娟敏燕婷琳洁霞玲莉娜萍颖丹蓉'),
    },
    male: {
      first: characters('志伟建晓海俊文小永国立庆少家'),
      second: characters('强磊军洋勇杰涛超明刚鹏辉斌峰'),
    },
  },
  {
    bornFrom: 0,
    female: { first: characters('秀玉桂淑丽美春凤慧金月爱'), second: characters('英兰珍芳华萍梅霞琴娥莲香') },
    male: { first: characters('建国志永文庆卫新长振'), second: characters('国军华明平民生忠祥良') },
  },
];

/** A Chinese name as people of that year of birth bear it. */
export function chineseName(random: Random, sex: Sex, birthYear: number): string {
  const surname = random.chance(0.01) ? random.pick(rareSurnames) : random.pickSkewed(surnames);
  const fashion = (fashions.find(({ bornFrom }) => birthYear >= bornFrom) ?? fashions[0])?.[sex];
  if (!fashion) throw new Error('there is always a fashion');
  const second = random.pick(fashion.second);
  if (random.chance(0.12)) return `${surname}${second}`;
  const first = random.pick(fashion.first);
  return first === second ? `${surname}${second}` : `${surname}${first}${second}`;
}

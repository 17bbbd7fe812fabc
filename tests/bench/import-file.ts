import { randomUUID } from 'node:crypto';

const header = ['客户姓名', '手机号', '邮箱', '性别', '出生日期', '城市', '地址', '来源', '备注'];
const surnames = Array.from('王李张刘陈杨赵黄周吴');
const givenNames = ['伟', '芳', '娜', '秀英', '敏', '静', '丽', '强', '磊', '洋'];

/** A customer list as CSV, in which every row is a new customer. */
export function importFile(rows: number): string {
  // Phones and addresses differ from run to run, so that the same database can be filled again.
  const run = randomUUID().slice(0, 8);
  const block = Math.floor(Math.random() * 900) + 100;
  const lines = Array.from({ length: rows }, (_, index) =>
    [
      `${surnames[index % 10] ?? ''}${givenNames[Math.floor(index / 10) % 10] ?? ''}`,
      `150${String((block * 90_000 + index) % 100_000_000).padStart(8, '0')}`,
      `person${index}-${run}@example.com`,
      index % 2 === 0 ? '女' : '男',
      `19${60 + (index % 40)}-0${1 + (index % 9)}-1${index % 9}`,
      `城市${1 + (index % 300)}`,
      `人民路 ${index} 号`,
      '门店',
      '周末来，喜欢靠窗的座位',
    ].join(','),
  );
  return `\ufeff${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

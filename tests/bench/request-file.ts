import { randomUUID } from 'node:crypto';
import { requestWords } from './request-words.js';

const header = ['工单号', '受理时间', '关闭时间', '类型', '主题', '优先级', '渠道', '客户编号', '处理结果'];

/** Closed requests of another system as CSV, each of them new, of the first customers there are. */
export function requestFile(rows: number): string {
  // Numbers differ from run to run, so that the same database can be filled again.
  const run = randomUUID().slice(0, 8);
  const { things, troubles } = requestWords;
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = `202${3 + (index % 3)}-0${1 + (index % 9)}-1${index % 9}`;
    return [
      ...[`${run}-${index + 1}`, `${day} 10:0${index % 10}`, `${day} 16:3${index % 10}`],
      ...['投诉', `${things[index % things.length] ?? ''}${troubles[index % troubles.length] ?? ''}`],
      ...['高', '电话', `C${String((index % 100) + 1).padStart(7, '0')}`, '已致歉并重新安排'],
    ].join(',');
  });
  return `\ufeff${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

import { contactChannels, type ContactChannel } from '../../contact-records/contact-choices.js';
import { plainText, problem, type CellValue } from './cell-value.js';

/** How far a request has come, as files say it. */
const progressWords = ['open', 'closed', 'cancelled'] as const;
type RequestProgress = (typeof progressWords)[number];

type Spellings<Value extends string> = Readonly<Record<Value, readonly string[]>>;

const progress: Spellings<RequestProgress> = {
  open: [
    ...['open', 'new', 'in progress', 'started', 'assigned', 'pending', 'waiting', 'unspecified', 'reopened'],
    ...['新建', '待处理', '处理中', '进行中', '未完成', '未关闭', '已受理', '已分配', '等待客户'],
  ],
  closed: [
    ...['closed', 'done', 'resolved', 'completed', 'complete', 'solved', 'finished'],
    ...['已关闭', '关闭', '已完成', '完成', '已解决', '已结案', '结案', '已办结'],
  ],
  cancelled: ['cancelled', 'canceled', 'withdrawn', 'void', '已取消', '取消', '已撤销', '作废'],
};

const priorities: Spellings<'1' | '2' | '3' | '4'> = {
  '1': ['1', 'low', 'minor', '低'],
  '2': ['2', 'normal', 'medium', 'standard', '普通', '中', '一般'],
  '3': ['3', 'high', 'major', '高', '重要'],
  '4': ['4', 'urgent', 'critical', '紧急', '特急'],
};

const channels: Spellings<ContactChannel> = {
  phone: ['phone', 'call', 'telephone', '电话', '来电', '热线'],
  wechat: ['wechat', 'weixin', '微信'],
  sms: ['sms', 'text message', 'text', '短信'],
  email: ['email', 'e-mail', 'mail', '电子邮件', '邮件', '邮箱'],
  in_person: ['in person', 'in_person', 'walk-in', 'counter', '当面', '到店', '现场', '上门'],
  online: ['online', 'web', 'website', 'app', 'mobile', '在线', '网站', '网上', '小程序'],
  other: ['other', 'another way', 'unknown', '其他', '其他方式', '其它'],
};

export const parseProgress = reader(progress);
export const parsePriority = reader(priorities);
export const parseChannel = reader(channels);

/** Whether a word that was read says how far a request has come. */
export const isProgress = (word: string): word is RequestProgress =>
  progressWords.some((progressWord) => progressWord === word);

/** Whether a word that was read is a channel. */
export const isChannel = (word: string): word is ContactChannel =>
  contactChannels.some((channel) => channel === word);

/** Reads a cell that holds one of some words, whatever their case; an empty one says nothing. */
function reader<Value extends string>(spellings: Spellings<Value>): (cell: string) => CellValue<Value> {
  const values = new Map<string, Value>();
  for (const value in spellings) for (const word of spellings[value]) values.set(word, value);
  return (cell) => {
    const word = plainText(cell).toLowerCase();
    if (word === '') return { value: null };
    const value = values.get(word);
    return value === undefined ? problem('imports.problem.choice.unknown') : { value };
  };
}

import { asDate } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom } from '../random.js';

const answers = [
  {
    name: '已收到，处理中',
    shortcut: 'sd',
    body: '{{customer}}您好，您的请求 {{requestNo}} 已收到，我们会在 {{dueTime}} 前答复您。{{staff}}',
  },
  {
    name: '改约确认',
    shortcut: 'gy',
    body: '{{customer}}您好，已为您改约。如需再次调整，请致电{{branch}}。',
  },
  {
    name: '致歉',
    shortcut: 'zq',
    body: '{{customer}}您好，给您带来不便，我们深表歉意。{{staff}}会亲自跟进。',
  },
  {
    name: 'Received, in progress',
    shortcut: 'got-it',
    body: 'Dear {{customer}},\nwe have received your request {{requestNo}} and will answer by {{dueTime}}.\n{{staff}}',
  },
];

const articles = [
  {
    title: '染发后多久可以洗头',
    body: '建议 48 小时后再洗，水温不要过高。\n一周内避免游泳和桑拿。',
    is_public: true,
  },
  {
    title: '光子嫩肤术后护理',
    body: '当天只用清水洗脸，三天内不化妆。\n两周内做好防晒。\n如有红肿超过 24 小时，请联系门店。',
    is_public: true,
  },
  {
    title: '储值卡退款流程',
    body: '核对余额和赠送金额。\n超过 1000 元须店长审批。\n原路退回，三个工作日内到账。',
    is_public: false,
  },
  {
    title: 'How to reschedule an appointment',
    body: 'Call the branch or reply here until four hours before.\nRescheduling is free.',
    is_public: true,
  },
  {
    title: 'When a customer reports an allergic reaction',
    body: 'Stop the treatment. Ask when it began and what was used.\nTell the manager at once and open a complaint.',
    is_public: false,
  },
];

/** Some canned answers and articles in both languages; where there are any already, they stay alone. */
export const answersPart: DemoPart = {
  name: 'answers',
  async fill({ tx }, { seed, today, staff }) {
    if ((await tx.cannedAnswer.count()) + (await tx.article.count()) > 0) return;
    const random = createRandom(seed, 'answers');
    const identified = () => ({ id: random.uuid(asDate(today)) });
    await insertRows(
      tx,
      'canned_answers',
      answers.map((answer) => ({ ...identified(), ...answer, version: 1 })),
    );
    const rows = articles.map((article) => ({ ...identified(), ...article, version: 1 }));
    await insertRows(tx, 'articles', rows);
    await insertRows(
      tx,
      'article_versions',
      rows.map(({ id, title, body }) => ({
        ...{ ...identified(), article_id: id, version_no: 1, title, body },
        author_id: random.pick(staff).id,
      })),
    );
  },
};

import { describe, expect, it } from 'vitest';
import {
  customerFields,
  customerFieldSynonyms,
} from '../../../src/modules/imports/targets/customer-fields.js';
import {
  purchaseFields,
  purchaseFieldSynonyms,
} from '../../../src/modules/imports/targets/purchase-fields.js';
import { guessMapping, type FieldSynonyms } from '../../../src/modules/imports/values/guess-mapping.js';

const ofCustomers = (...header: string[]) => guessMapping(header, customerFieldSynonyms);
const ofPurchases = (...header: string[]) => guessMapping(header, purchaseFieldSynonyms);

describe('R1.8 the field of each column', () => {
  it('of customers is guessed from Chinese and from English', () => {
    const chinese = [
      '客户编号',
      '姓名',
      '客户性质',
      '性别',
      '出生日期',
      '手机',
      '邮箱',
      '微信',
      '城市',
      '地址',
      '来源',
      '首次到店',
      '备注',
      '习惯',
      '客户偏好',
      '需求',
      '客户标签',
    ];
    expect(ofCustomers(...chinese)).toEqual([...customerFields]);
    const english = [
      'Customer No.',
      'Full name',
      'Person or company',
      'Sex',
      'Date of birth',
      'Mobile phone',
      'E-mail',
      'WeChat ID',
      'City',
      'Address',
      'Lead source',
      'First visit',
      'Notes',
      'Habits',
      'Preferences',
      'Needs',
      'Tags',
    ];
    expect(ofCustomers(...english)).toEqual([...customerFields]);
    expect(ofCustomers(...customerFields)).toEqual([...customerFields]);
  });

  it('of purchases is guessed too', () => {
    expect(ofPurchases('customer_no', 'date', 'quantity', 'amount')).toEqual([
      'customerNo',
      'purchasedOn',
      'quantity',
      'amount',
    ]);
    const chinese = [
      '会员号',
      '客户姓名',
      '手机号',
      '消费日期',
      '项目',
      '数量',
      '实付金额',
      '技师',
      '门店',
      '备注',
    ];
    expect(ofPurchases(...chinese)).toEqual([...purchaseFields]);
  });

  it('ignores case, spaces, punctuation, width and remarks in brackets', () => {
    expect(
      ofCustomers('  手 机 号 * ', '姓名（必填）', '【出生日期】生日', 'ＥＭＡＩＬ', 'first_visit-date:'),
    ).toEqual(['phone', 'name', 'birthDate', 'email', 'firstVisitOn']);
    expect(ofCustomers('会员手机', '顾客姓名', 'Customer email', "Client's city")).toEqual([
      'phone',
      'name',
      'email',
      'city',
    ]);
  });

  it('is never guessed from a part of a heading', () => {
    expect(ofCustomers('介绍人手机', '员工姓名', '邮箱密码', 'phone of referrer', '')).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('is given once, to the column that says it best', () => {
    expect(ofCustomers('手机', '电话')).toEqual(['phone', null]);
    expect(ofCustomers('客户姓名', '姓名')).toEqual(['name', null]);
    expect(ofCustomers('会员地址', '地址')).toEqual([null, 'address']);
    expect(ofCustomers('constructor', '__proto__')).toEqual([null, null]);
  });

  it.each<[string, FieldSynonyms<string>]>([
    ['customers', customerFieldSynonyms],
    ['purchases', purchaseFieldSynonyms],
  ])('of %s has words that mean one field each', (_, synonyms) => {
    for (const field in synonyms) {
      for (const synonym of synonyms[field] ?? []) expect(guessMapping([synonym], synonyms)).toEqual([field]);
    }
  });
});

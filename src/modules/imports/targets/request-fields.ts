import type { FieldSynonyms } from '../values/guess-mapping.js';
import { purchaseFieldSynonyms } from './purchase-fields.js';

export type RequestField =
  | 'sourceNo'
  | 'receivedAt'
  | 'closedAt'
  | 'type'
  | 'category'
  | 'subCategory'
  | 'subject'
  | 'description'
  | 'status'
  | 'priority'
  | 'channel'
  | 'branchName'
  | 'place'
  | 'area'
  | 'customerNo'
  | 'customerName'
  | 'phone'
  | 'email'
  | 'assignee'
  | 'resolution';

/** The headings under which files keep the fields of service requests. */
export const requestFieldSynonyms: FieldSynonyms<RequestField> = {
  sourceNo: [
    ...['工单号', '工单编号', '单号', '编号', '服务单号', '请求编号', '投诉编号', '案件编号'],
    ...['unique key', 'ticket', 'ticket no', 'ticket id', 'ticket number', 'request no', 'request id'],
    ...[
      'request number',
      'service request number',
      'case no',
      'case id',
      'case number',
      'number',
      'no',
      'id',
    ],
  ],
  receivedAt: [
    ...[
      '受理时间',
      '受理日期',
      '创建时间',
      '创建日期',
      '提交时间',
      '登记时间',
      '来电时间',
      '接单时间',
      '日期',
      '时间',
    ],
    ...[
      'created date',
      'created at',
      'created',
      'received',
      'received at',
      'opened',
      'opened at',
      'open date',
    ],
    ...['date opened', 'requested datetime', 'date', 'time'],
  ],
  closedAt: [
    ...['关闭时间', '关闭日期', '完成时间', '完成日期', '结案时间', '办结时间', '解决时间'],
    ...[
      'closed date',
      'closed at',
      'closed',
      'close date',
      'resolved at',
      'resolved',
      'completed at',
      'date closed',
    ],
  ],
  type: [
    ...['类型', '请求类型', '服务类型', '工单类型', '投诉类型', '业务类型'],
    ...['type', 'request type', 'complaint type', 'ticket type', 'service type', 'case type'],
  ],
  category: [
    ...['分类', '类别', '大类', '问题分类', '一级分类'],
    ...['category', 'descriptor', 'request category', 'topic', 'service name'],
  ],
  subCategory: [
    ...['子分类', '小类', '二级分类', '细类'],
    ...['subcategory', 'sub category', 'descriptor 2', 'subtopic', 'service subtype'],
  ],
  subject: ['主题', '标题', '事由', '问题', 'subject', 'title', 'summary'],
  description: [
    '描述',
    '内容',
    '详情',
    '问题描述',
    '投诉内容',
    '诉求',
    'description',
    'details',
    'message',
    'content',
  ],
  status: ['状态', '处理状态', '工单状态', '进度', 'status', 'state', 'progress'],
  priority: ['优先级', '紧急程度', 'priority', 'urgency'],
  channel: [
    '渠道',
    '来源',
    '受理渠道',
    '来源渠道',
    '联系方式类型',
    'channel',
    'source',
    'open data channel type',
    'method received',
  ],
  branchName: purchaseFieldSynonyms.branchName.filter((heading) => heading !== 'location'),
  place: ['地址', '地点', '事发地址', '事发地点', 'address', 'incident address', 'place', 'street address'],
  area: ['区域', '地区', '区', '片区', 'area', 'borough', 'district', 'neighborhood'],
  customerNo: purchaseFieldSynonyms.customerNo,
  customerName: purchaseFieldSynonyms.customerName,
  phone: purchaseFieldSynonyms.phone,
  email: ['邮箱', '电子邮箱', '电子邮件', 'email', 'e-mail', 'email address', 'mail'],
  assignee: [
    '负责人',
    '处理人',
    '受理人',
    '经办人',
    '客服',
    'assignee',
    'assigned to',
    'owner',
    'agent',
    'handler',
  ],
  resolution: [
    '处理结果',
    '解决方案',
    '处理意见',
    '结果',
    'resolution',
    'resolution description',
    'outcome',
    'answer',
  ],
};

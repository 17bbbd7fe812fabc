/** A customer list as a branch keeps it: good rows, and one planted defect in each of the others. */
const rows = [
  ['客户姓名', '手机号', '邮箱', '出生日期', '城市', '备注'],
  ['张三', '138 0013 8000', 'zhang.san@example.com', '1990-02-28', '上海', '喜欢靠窗的座位'],
  ['李四', '+86 13800138001', 'li.si@example.com', '1985/7/3', '苏州', ''],
  ['欧阳修', '13800138002', '', '2000年2月29日', '上海', '=1+1'],
  ['Anna Berg', '+46 70 174 06 05', 'ANNA@EXAMPLE.COM', '', 'Malmö', 'speaks English'],
  ['', '13800138003', '', '', '北京', 'no name'],
  ['赵六', '12345', '', '', '北京', 'impossible phone'],
  ['钱七', '13800138004', 'not an address', '', '北京', 'impossible e-mail'],
  ['孙八', '13800138005', '', '2026-02-30', '北京', 'impossible date'],
] as const;

/** The file as CSV in UTF-8 with the mark that Excel writes. */
export const customerFile = {
  name: '客户名单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    `\ufeff${rows.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`,
  ),
};

export const goodNames = ['张三', '李四', '欧阳修', 'Anna Berg'];

/** Remarks of the rows that must come back. */
export const rejectedRemarks = ['no name', 'impossible phone', 'impossible e-mail', 'impossible date'];

import { describe, expect, it } from 'vitest';
import { detectDelimiter } from '../../../src/core/tabular/detect-delimiter.js';

describe('R1.8 the delimiter of a text file', () => {
  it.each([
    ['comma', '姓名,手机\n王,1\n', ','],
    ['semicolon', 'name;amount\nLi;1,5\nWu;2,5\n', ';'],
    ['tab', 'name\tremark\nLi\ta, b; c\n', '\t'],
    ['pipe', 'name|phone|remark\nLi|1|a,b\n', '|'],
    ['not the full-width comma', '姓名，手机\n王，1\n', ','],
    ['delimiters in quotation marks do not count', '"a;b;c;d",e\n"1;2;3;4",5\n', ','],
    ['line breaks in quotation marks do not end a record', 'a;b\n"x,\n,\n,";1\n', ';'],
    ['blank lines do not count', '\n\na;b\n\n1;2\n', ';'],
    ['a single column', 'name\nLi\n', ','],
    ['the sample may end inside a quoted cell', 'a;b\n1;"x,y', ';'],
    ['carriage returns alone', 'a|b\r1|2\r', '|'],
    ['nothing', '', ','],
  ] as const)('%s', (_, sample, expected) => {
    expect(detectDelimiter(sample)).toBe(expected);
  });
});

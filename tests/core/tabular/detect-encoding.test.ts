import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../../src/core/tabular/detect-encoding.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();
const table = '客户编号,姓名,备注\nC1,王一一,"喜欢安静"\nC2,李丽,\n';

describe('R1.8 the encoding of a text file', () => {
  it.each([
    ['UTF-8', table, 'utf8', 'utf-8', false],
    ['UTF-8 with a mark', table, 'utf8', 'utf-8', true],
    ['ASCII', 'a,b\n1,2\n', 'utf8', 'utf-8', false],
    ['GB18030', table, 'gb18030', 'gb18030', false],
    ['GB18030 beyond GBK', `${table}C3,䶮𠮷,\n`, 'gb18030', 'gb18030', false],
    ['UTF-16 little-endian with a mark', table, 'utf16-le', 'utf-16le', true],
    ['UTF-16 little-endian', table, 'utf16-le', 'utf-16le', false],
    ['UTF-16 big-endian with a mark', table, 'utf16-be', 'utf-16be', true],
    ['UTF-16 big-endian', table, 'utf16-be', 'utf-16be', false],
  ] as const)('is found: %s', async (_, text, written, expected, addBOM) => {
    expect(await detectEncoding(await write(iconv.encode(text, written, { addBOM })))).toBe(expected);
  });

  it('is found where characters lie across the pieces in which the file is read', async () => {
    for (const padding of ['', 'x', 'xy']) {
      const path = await write(iconv.encode(`${padding}${'龙凤呈祥\n'.repeat(30_000)}`, 'gb18030'));
      expect(await detectEncoding(path)).toBe('gb18030');
      expect(await detectEncoding(await write(`${padding}${'龙凤呈祥\n'.repeat(30_000)}`))).toBe('utf-8');
    }
  });

  it('does not turn UTF-8 with one bad byte into nonsense', async () => {
    const damaged = Buffer.concat([
      Buffer.from(table.repeat(20)),
      Buffer.from([0xe5, 0xae]),
      Buffer.from('\n'),
    ]);
    await expect(detectEncoding(await write(damaged))).rejects.toMatchObject({
      messageKey: 'errors.file.encoding',
    });
  });

  it.each([
    [
      'random bytes',
      Buffer.from(Array.from({ length: 5000 }, (_, index) => ((index * index * 7919) >> 3) & 0xff)),
    ],
    ['text with a NUL', Buffer.from(`${table}C3,\0,`)],
    ['text full of control characters', Buffer.from('a\u0001b\u0002c\u0003,d\n')],
  ])('is refused: %s', async (_, content) => {
    await expect(detectEncoding(await write(content))).rejects.toMatchObject({
      messageKey: 'errors.file.binary',
    });
  });

  it('is refused when no encoding fits', async () => {
    const latin1 = iconv.encode('Größe,Straße\nfür,Café\n', 'latin1');
    await expect(detectEncoding(await write(latin1))).rejects.toMatchObject({
      messageKey: 'errors.file.encoding',
    });
  });
});

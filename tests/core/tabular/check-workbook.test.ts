import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkWorkbook } from '../../../src/core/tabular/check-workbook.js';
import { buildWorkbook, textRow } from './build-workbook.js';
import { buildZip, type ZipFile } from './build-zip.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();
const sheets = { 客户: textRow(1, '姓名') + textRow(2, '王') };
const withFile = (file: ZipFile) => buildWorkbook({ sheets, files: [file] });
const harmless = buildWorkbook({ sheets });

async function check(content: Buffer): Promise<string[]> {
  const file = await open(await write(content));
  try {
    return [...(await checkWorkbook(file)).keys()];
  } finally {
    await file.close();
  }
}

function changed(content: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(content);
  change(copy);
  return copy;
}

/** The end record is the last thing in the file, and it has no comment. */
const endRecord = (copy: Buffer) => copy.subarray(-22);

describe('R5.6 a workbook is looked over before it is parsed', () => {
  it('gives the XML parts of a good one, and no others', async () => {
    const content = withFile({ name: 'xl/media/image1.png', content: randomBytes(100) });
    expect(await check(content)).toEqual([
      '[Content_Types].xml',
      'xl/workbook.xml',
      'xl/worksheets/tab1.xml',
      'xl/_rels/workbook.xml.rels',
    ]);
  });

  it.each<[string, Buffer]>([
    ['a folder above', withFile({ name: '../../etc/cron.d/x.xml', content: '' })],
    ['a folder above in between', withFile({ name: 'xl/../../x.xml', content: '' })],
    ['an absolute name', withFile({ name: '/etc/x.xml', content: '' })],
    ['a name of Windows', withFile({ name: 'xl\\..\\x.xml', content: '' })],
    ['a drive', withFile({ name: 'C:x.xml', content: '' })],
    ['a NUL in a name', withFile({ name: 'xl/x.xml\0.png', content: '' })],
    [
      'a second file of one name',
      buildZip(['a', 'b'].map((content) => ({ name: 'xl/workbook.xml', content }))),
    ],
    ['another name before the content', withFile({ name: 'xl/a.xml', localName: 'xl/b.xml', content: '' })],
    ['files that share their bytes', withFile({ name: 'xl/a.xml', sharesPrevious: true, content: 'x' })],
    ['an unknown way of packing', withFile({ name: 'xl/a.xml', method: 12, content: 'x' })],
    [
      'more content than the directory says',
      withFile({ name: 'xl/a.xml', content: '<a/>'.repeat(999), pretendedBytes: 10 }),
    ],
    [
      'a part that packs a thousand to one',
      withFile({ name: 'xl/a.xml', content: Buffer.alloc(3_000_000, 'x') }),
    ],
    [
      'too many files',
      buildZip(Array.from({ length: 2_001 }, (_, index) => ({ name: `xl/${index}.xml`, content: '' }))),
    ],
    ['zip64', changed(harmless, (copy) => endRecord(copy).writeUInt32LE(0xffffffff, 16))],
    ['several volumes', changed(harmless, (copy) => endRecord(copy).writeUInt16LE(1, 4))],
    [
      'a document type',
      withFile({
        name: 'docProps/app.xml',
        content: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      }),
    ],
    [
      'a document type behind a long comment',
      withFile({ name: 'xl/a.xml', content: `<!--${randomBytes(70_000).toString('hex')}--><!DOCTYPE a>` }),
    ],
  ])('refuses %s', async (_, content) => {
    await expect(check(content)).rejects.toMatchObject({ messageKey: 'errors.file.unsafeWorkbook' });
  });

  it.each<[string, Buffer]>([
    ['cut off', harmless.subarray(0, -30)],
    ['cut off at the front', harmless.subarray(10)],
    ['with a flipped bit', changed(harmless, (copy) => copy.writeUInt8(copy.readUInt8(52) ^ 4, 52))],
    [
      'with less content than the directory says',
      withFile({ name: 'xl/a.xml', content: '<a/>', pretendedBytes: 10 }),
    ],
    ['with something behind', Buffer.concat([harmless, Buffer.from('more')])],
  ])('calls damaged what is %s', async (_, content) => {
    await expect(check(content)).rejects.toMatchObject({ messageKey: 'errors.file.damaged' });
  });

  it('notices a document type wherever the pieces of reading end', async () => {
    for (let padding = 65_500; padding < 65_540; padding += 1) {
      const content = `<!--${'-'.repeat(padding - 16)}--><!DOCTYPE a>`;
      await expect(check(withFile({ name: 'xl/a.xml', method: 0, content }))).rejects.toThrow(
        'unsafeWorkbook',
      );
    }
  });

  it('adds up what all parts unpack to', async () => {
    const files = Array.from({ length: 4 }, (_, index) => ({
      name: `xl/media/${index}.bin`,
      content: randomBytes(500_000),
      pretendedBytes: 90_000_000,
    }));
    await expect(check(buildWorkbook({ sheets, files }))).rejects.toMatchObject({
      messageKey: 'errors.file.tooLarge',
      params: { megabytes: 300 },
    });
  });

  it('says clearly what is no workbook, encrypted, or written in a way that would be misread', async () => {
    const other = buildZip([
      { name: '[Content_Types].xml', content: '' },
      { name: 'word/document.xml', content: '' },
    ]);
    await expect(check(other)).rejects.toMatchObject({ messageKey: 'errors.file.notAWorkbook' });
    await expect(check(withFile({ name: 'xl/a.xml', flags: 1, content: '' }))).rejects.toThrow('encrypted');
    for (const content of [
      '<x:worksheet/>',
      '<sst><si><t>东</t><rPh sb="0"><t>ひがし</t></rPh></si></sst>',
      'a\0b',
      '<c r="A1" t="d"/>',
    ]) {
      await expect(check(withFile({ name: 'xl/a.xml', content }))).rejects.toThrow('unsupportedWorkbook');
    }
  });
});

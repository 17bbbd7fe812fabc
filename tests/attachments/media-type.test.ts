import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentLimits } from '../../src/modules/attachments/attachment.js';
import { attachmentName } from '../../src/modules/attachments/file-name.js';
import { findMediaType, hasEnding, mediaTypes } from '../../src/modules/attachments/media-type.js';
import { docx, gb18030, gif, heic, jpeg, latin1, pdf, png, pptx, webp, xlsx, zip } from './files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attachments-'));
});
afterAll(() => rm(folder, { recursive: true }));

const typeOf = async (bytes: Buffer, name: string): Promise<string | undefined> => {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  return findMediaType(path, bytes, name);
};

describe('R1.1 what a file is', () => {
  test.each([
    ['application/pdf', pdf, 'a.pdf'],
    ['application/pdf', pdf, 'a.exe'],
    ['image/png', png, 'a.png'],
    ['image/jpeg', jpeg, 'a.txt'],
    ['image/gif', gif, 'a.gif'],
    ['image/webp', webp, 'a.webp'],
    ['image/heic', heic, 'IMG_1.HEIC'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx, 'a.zip'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', xlsx, 'a.xlsx'],
    ['application/vnd.openxmlformats-officedocument.presentationml.presentation', pptx, 'a.pptx'],
    ['text/plain', Buffer.from('客户喜欢安静 <3, 5 < 7'), 'a.txt'],
    ['text/plain', gb18030, 'a.TXT'],
    ['text/csv', gb18030, 'a.csv'],
  ])('is told by its bytes: %s', async (expected, bytes, name) => {
    expect(await typeOf(bytes, name)).toBe(expected);
  });

  test.each([
    ['a page', Buffer.from('<!DOCTYPE html><p>Hello'), 'a.txt'],
    ['a page without head', Buffer.from('Hello <script>alert(1)</script>'), 'a.txt'],
    ['a page called a picture', Buffer.from('<html></html>'), 'a.png'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg'],
    ['a drawing called text', Buffer.from(' \n<?xml version="1.0"?><svg/>'), 'a.txt'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.txt'],
    ['a script', Buffer.from('alert(1)'), 'a.js'],
    ['a batch file', Buffer.from('@echo off\r\n'), 'a.txt'],
    ['PHP', Buffer.from('Text <?php system(1) ?>'), 'a.csv'],
    ['a Windows program', latin1('MZ\x90\0\x03\0\0\0'), 'a.txt'],
    ['a Linux program', latin1('\x7fELF\x02\x01\x01\0'), 'a.pdf'],
    ['an archive', zip('a.txt'), 'a.docx'],
    ['an archive with half a document', zip('word/document.xml'), 'a.docx'],
    [
      'a document with macros',
      zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
      'a.docx',
    ],
    ['a damaged archive', docx.subarray(0, -8), 'a.docx'],
    ['the beginning of a picture', png.subarray(0, 5), 'a.png'],
    ['text with NUL', Buffer.from('a\0b'), 'a.txt'],
    ['UTF-16', Buffer.from('text', 'utf16le'), 'a.txt'],
    ['text in no encoding', latin1('\xff\xff\xff'), 'a.txt'],
    ['another container of that family', latin1('\0\0\0\x18ftypisom\0\0\0\0isomavc1'), 'a.heic'],
    ['four bytes', latin1('\0\0ft'), 'a.heic'],
  ])('is refused: %s', async (_what, bytes, name) => {
    expect(await typeOf(bytes, name)).toBeUndefined();
  });

  test('is found out for any bytes without an error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('', 'PK\x05\x06', 'RIFF', '\0\0\0\xffftyp', '%PDF-'),
        fc.uint8Array({ maxLength: 200 }),
        async (start, rest) => {
          const type = await typeOf(Buffer.concat([latin1(start), rest]), 'a.bin');
          expect(type === undefined || type in mediaTypes).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('R1.1 the name under which it is kept', () => {
  test.each([
    ['../../etc/passwd', '_.._etc_passwd.pdf'],
    ['C:\\Users\\a.pdf', 'C__Users_a.pdf'],
    ['photo\u202Efdp.exe', 'photofdp.exe.pdf'],
    ['zero\u200Bwidth\0.pdf', 'zerowidth.pdf'],
    ['  .. ', 'file.pdf'],
    ['合同.PDF', '合同.PDF'],
    ['lone \ud800.pdf', 'lone \ufffd.pdf'],
  ])('%j becomes %j', (typed, expected) => {
    expect(attachmentName(typed, 'application/pdf')).toBe(expected);
  });

  test('is of limited length, keeps its ending, and names no folder', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (typed) => {
        const name = attachmentName(typed, 'image/jpeg');
        expect(Array.from(name).length).toBeLessThanOrEqual(attachmentLimits.name);
        expect(name).not.toMatch(/[\\/\0\r\n]/);
        expect(hasEnding(name, 'image/jpeg')).toBe(true);
      }),
    );
  });
});

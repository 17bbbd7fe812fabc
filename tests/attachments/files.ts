import { deflateRawSync, crc32 } from 'node:zlib';

/** Bytes by their Latin-1 spelling. */
export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export const pdf = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
export const png = latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');
export const jpeg = latin1('\xff\xd8\xff\xe0\0\x10JFIF\0');
export const gif = latin1('GIF89a\x01\0\x01\0');
export const webp = latin1('RIFF\x24\0\0\0WEBPVP8 ');
export const heic = latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic');

/** A zip archive with these files, each with the same short content. */
export function zip(...names: readonly string[]): Buffer {
  const content = Buffer.from('<xml/>');
  const packed = deflateRawSync(content);
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([latin1('PK\x03\x04'), common, nameBytes, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([latin1('PK\x01\x02\x14\0'), common, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(names.length, 4);
  end.writeUInt16LE(names.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, latin1('PK\x05\x06'), end]);
}

export const docx = zip('[Content_Types].xml', 'word/document.xml');
export const xlsx = zip('[Content_Types].xml', 'xl/workbook.xml');
export const pptx = zip('[Content_Types].xml', 'ppt/presentation.xml');
/** `姓名,电话` in GB18030. */
export const gb18030 = latin1('\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\r\n');

import { attachmentLimits } from './attachment.js';
import { hasEnding, mediaTypes, type MediaType } from './media-type.js';

/**
 * The name under which a file is kept: without what no file system takes, no longer than it may be, and with the ending
 * of what it is.
 */
export function attachmentName(typed: string, type: MediaType): string {
  const clean = typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const [ending] = mediaTypes[type];
  const named = clean === '' ? `file.${ending}` : hasEnding(clean, type) ? clean : `${clean}.${ending}`;
  const characters = Array.from(named);
  const tail = Array.from(named.slice(named.lastIndexOf('.')));
  return characters.length <= attachmentLimits.name
    ? named
    : [...characters.slice(0, attachmentLimits.name - tail.length), ...tail].join('');
}

import type { z } from 'zod';
import type { Problem } from './errors.js';
import { isMessageKey, type MessageKey, type MessageParams } from './i18n.js';

/** zod's findings as sentences of the product. A schema's own message is a key of the texts; the rest has defaults. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => ({ path: '', key: 'errors.unknownField' as const, params: { name } }));
    }
    return [{ path: issue.path.join('.'), key: keyOf(issue), params: paramsOf(issue) }];
  });
}

function keyOf(issue: z.core.$ZodIssue): MessageKey {
  if (isMessageKey(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'errors.required' : 'errors.invalid';
    case 'too_small':
      return issue.origin === 'string'
        ? issue.minimum === 1
          ? 'errors.required'
          : 'errors.tooShort'
        : 'errors.tooSmall';
    case 'too_big':
      return issue.origin === 'string' ? 'errors.tooLong' : 'errors.tooLarge';
    case 'invalid_value':
      return 'errors.notAChoice';
    default:
      return 'errors.invalid';
  }
}

function paramsOf(issue: z.core.$ZodIssue): MessageParams {
  if (issue.code === 'too_small') return { minimum: Number(issue.minimum) };
  if (issue.code === 'too_big') return { maximum: Number(issue.maximum) };
  return {};
}

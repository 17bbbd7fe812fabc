import type { Writable } from 'node:stream';
import type { Locale, MessageKey, MessageParams } from './i18n.js';
import type { TemplateName, TemplateView } from './templates.js';

/** A sentence shown once on the next page, with the way back where there is one. */
export interface Flash {
  readonly kind: 'success' | 'warning' | 'error';
  readonly key: MessageKey;
  readonly params?: MessageParams;
  /** Address that takes the change back by POST. */
  readonly undo?: string;
}

export type Layout = 'application' | 'plain' | 'personal';

/** What a handler answers; one function turns it into HTTP. */
export type Reply =
  | {
      kind: 'page';
      template: TemplateName;
      view: object;
      status: number;
      layout: Layout;
      /** The language of the page where it is not that of the request. */
      locale?: Locale | undefined;
    }
  | { kind: 'fragment'; template: TemplateName; view: object }
  | { kind: 'redirect'; to: string; flash?: Flash | undefined; locale?: Locale }
  | { kind: 'download'; fileName: string; contentType: string; write: (output: Writable) => Promise<void> }
  | { kind: 'data'; contentType: string; body: string; status: number }
  | { kind: 'sign-in'; refused: (problem: SignInProblem) => Reply | Promise<Reply>; to: string }
  | { kind: 'sign-out'; to: string };

export interface SignInProblem {
  readonly key: MessageKey;
  readonly params: MessageParams;
  readonly status: 401 | 429;
}

interface Titled {
  readonly title: string;
}

/** A whole page inside the layout. */
export function page<Name extends TemplateName>(
  template: Name,
  view: TemplateView<Name> & Titled,
  options: { status?: number; layout?: Layout; locale?: Locale } = {},
): Reply {
  return {
    kind: 'page',
    template,
    view,
    status: options.status ?? 200,
    layout: options.layout ?? 'application',
    locale: options.locale,
  };
}

/** A piece of a page, for htmx. */
export function fragment<Name extends TemplateName>(template: Name, view: TemplateView<Name>): Reply {
  return { kind: 'fragment', template, view };
}

/** See other: to a path of the product, with a sentence for the next page. */
export function redirect(to: string, flash?: Flash): Reply {
  return { kind: 'redirect', to, flash };
}

/** A file that is written as it is made. An error on the way cuts the connection, so a half file never looks whole. */
export function download(
  fileName: string,
  contentType: string,
  write: (output: Writable) => Promise<void>,
): Reply {
  return { kind: 'download', fileName, contentType, write };
}

/** Small ready-made content such as JSON or plain text. */
export function data(contentType: string, body: string, status = 200): Reply {
  return { kind: 'data', contentType, body, status };
}

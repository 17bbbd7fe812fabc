import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { load } from 'cheerio';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, compressed or not. */
  readonly body: Buffer;
  readonly millis: number;
}

interface Body {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A browser's part of the talk: cookies, keep-alive, compressed pages. */
export class BenchClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #cookies = new Map<string, string>();
  constructor(private readonly origin: string) {}

  get(path: string): Promise<Answer> {
    return this.#send('GET', path);
  }

  /** Reads a download to its end without keeping it. @returns its bytes. */
  async drain(path: string): Promise<number> {
    let bytes = 0;
    const { status } = await this.#send('GET', path, undefined, (piece) => {
      bytes += piece.length;
    });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return bytes;
  }

  /** The token that forms of the page carry. */
  async tokenOf(page: string): Promise<string> {
    const $ = load(textOf(await this.get(page)));
    return $('input[name="_csrf"]').first().attr('value') ?? '';
  }

  /** Posts a form with the token of the page `from`. */
  async post(from: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.postWith(await this.tokenOf(from), path, fields);
  }

  postWith(
    token: string,
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<Answer> {
    const form = new URLSearchParams({ _csrf: token });
    for (const [name, value] of Object.entries(fields)) {
      for (const text of [value].flat()) form.append(name, text);
    }
    const bytes = Buffer.from(form.toString());
    return this.#send('POST', path, { type: 'application/x-www-form-urlencoded', bytes });
  }

  /** Posts the fields of a form with a file. */
  async upload(path: string, form: FormData): Promise<Answer> {
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    return this.#send('POST', path, { type, bytes: Buffer.from(await encoded.arrayBuffer()) });
  }

  /** @throws Error when the answer is not a redirect. */
  async signIn(username: string, password: string): Promise<void> {
    const { status } = await this.post('/login', '/login', { username, password });
    if (status !== 303) throw new Error(`signing in answered ${status}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: Body, take?: (piece: Buffer) => void): Promise<Answer> {
    const began = performance.now();
    const headers: Record<string, string> = {
      'accept-encoding': 'gzip, br',
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: this.origin,
    };
    if (body) {
      headers['content-type'] = body.type;
      headers['content-length'] = String(body.bytes.length);
    }
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.origin),
        { method, headers, agent: this.#agent },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', take ?? ((piece: Buffer) => pieces.push(piece)));
          response.once('error', reject);
          response.once('end', () => {
            this.#keepCookies(response.headers);
            const { statusCode: status = 0, headers: received } = response;
            resolve({
              status,
              headers: received,
              body: Buffer.concat(pieces),
              millis: performance.now() - began,
            });
          });
        },
      );
      sent.once('error', reject);
      sent.end(body?.bytes);
    });
  }

  #keepCookies(headers: IncomingHttpHeaders): void {
    for (const cookie of headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
  }
}

/** The page itself, unpacked. */
export function textOf({ headers, body }: Answer): string {
  switch (headers['content-encoding']) {
    case 'br':
      return brotliDecompressSync(body).toString('utf8');
    case 'gzip':
      return gunzipSync(body).toString('utf8');
    default:
      return body.toString('utf8');
  }
}

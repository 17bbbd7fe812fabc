import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { load } from 'cheerio';
import { gunzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, compressed or not. */
  readonly body: Buffer;
  readonly millis: number;
}

/** A browser's part of the talk: cookies, keep-alive, gzip. */
export class BenchClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #cookies = new Map<string, string>();
  constructor(private readonly origin: string) {}

  get(path: string): Promise<Answer> {
    return this.#send('GET', path);
  }

  /** Posts a form with the token of the page `from`. */
  async post(from: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const token =
      load(textOf(await this.get(from)))('input[name="_csrf"]')
        .first()
        .attr('value') ?? '';
    return this.postWith(token, path, fields);
  }

  postWith(token: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#send('POST', path, new URLSearchParams({ _csrf: token, ...fields }).toString());
  }

  /** @throws Error when the answer is not a redirect. */
  async signIn(username: string, password: string): Promise<void> {
    const { status } = await this.post('/login', '/login', { username, password });
    if (status !== 303) throw new Error(`signing in answered ${status}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: string): Promise<Answer> {
    const began = performance.now();
    const headers: Record<string, string> = {
      'accept-encoding': 'gzip',
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: this.origin,
    };
    if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.origin),
        { method, headers, agent: this.#agent },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
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
      sent.end(body);
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
export const textOf = ({ headers, body }: Answer): string =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');

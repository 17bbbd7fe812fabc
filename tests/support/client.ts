import { Readable } from 'node:stream';
import { load, type CheerioAPI } from 'cheerio';
import type { Express } from 'express';
import supertest, { type Response } from 'supertest';
import type { TestUser } from './factories/user.js';

export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A browser without a screen: keeps cookies, and sends the token of the pages it has seen. */
export class TestClient {
  private readonly agent: ReturnType<typeof supertest.agent>;
  private token = '';

  constructor(
    app: Express,
    private readonly signedInUser?: TestUser,
  ) {
    this.agent = supertest.agent(app);
  }

  /** Who is signed in. */
  get user(): TestUser {
    if (!this.signedInUser) throw new Error('nobody is signed in');
    return this.signedInUser;
  }

  /** Fetches a page and remembers its form token. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await this.agent.get(path).set(headers);
    if (response.type === 'text/html') this.remember(load(response.text));
    return response;
  }

  /** Fetches a page as a document to look into. */
  async page(path: string): Promise<CheerioAPI> {
    const response = await this.get(path);
    if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}`);
    return load(response.text);
  }

  /** Sends a form. */
  async post(path: string, fields: FormFields = {}): Promise<Response> {
    const token = await this.csrfToken();
    return this.agent
      .post(path)
      .type('form')
      .send({ _csrf: token, ...fields });
  }

  /** Sends a form with files. */
  async upload(
    path: string,
    fields: FormFields,
    ...files: readonly { field: string; name: string; content: Buffer }[]
  ): Promise<Response> {
    const token = await this.csrfToken();
    const request = this.agent.post(path).field('_csrf', token);
    for (const [name, value] of Object.entries(fields))
      request.field(name, typeof value === 'string' ? value : [...value]);
    for (const { field, name, content } of files) request.attach(field, content, name);
    return request;
  }

  /** Fetches a download as bytes. */
  async download(path: string): Promise<Response> {
    return this.agent
      .get(path)
      .buffer(true)
      .parse((response, done) => collect(response, done));
  }

  /** Fetches a download that is asked for by a form, as bytes. */
  async downloadByPost(path: string): Promise<Response> {
    const token = await this.csrfToken();
    return this.agent
      .post(path)
      .type('form')
      .send({ _csrf: token })
      .buffer(true)
      .parse((response, done) => collect(response, done));
  }

  async signIn(username: string, password: string): Promise<Response> {
    const response = await this.post('/login', { username, password });
    this.token = '';
    return response;
  }

  private async csrfToken(): Promise<string> {
    if (this.token === '') await this.get(this.signedInUser ? '/profile' : '/login');
    if (this.token === '') await this.get('/login');
    return this.token;
  }

  private remember(document: CheerioAPI): void {
    const token = document('input[name="_csrf"]').first().attr('value');
    if (token !== undefined) this.token = token;
  }
}

function collect(response: unknown, done: (error: Error | null, body: Buffer) => void): void {
  if (!(response instanceof Readable)) throw new Error('the answer is no stream');
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
  response.on('error', (error: Error) => done(error, Buffer.alloc(0)));
}

import { readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attachmentFiles, attachmentLimits } from '../../src/modules/attachments/attachment.js';
import { expireAttachments } from '../../src/modules/attachments/attachment-expiry.js';
import { lastUndo } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createAttachment } from '../support/factories/attachment.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { pdf, png } from './files.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
afterEach(() => {
  product.setNow(undefined);
});

const upload = (
  client: TestClient,
  customerId: string,
  content: Buffer,
  name = 'contract.pdf',
  id = newId(),
) => client.upload(`/customers/${customerId}/attachments`, { id }, { field: 'files', name, content });

const shownFiles = async (client: TestClient, customerId: string) => {
  const page = await client.page(`/customers/${customerId}`);
  return page('[aria-labelledby="attachments-heading"] a')
    .toArray()
    .map((link) => ({ name: page(link).text(), href: page(link).attr('href') ?? '' }));
};

const rowsOf = (customerId: string) =>
  product.query(
    z.object({ id: z.string(), file_name_encrypted: z.string(), media_type: z.string(), size: z.number() }),
    'SELECT id, file_name_encrypted, media_type, size FROM attachments WHERE customer_id = $1',
    [customerId],
  );

const filesOnDisk = async (): Promise<string[]> => {
  const found = await readdir(join(product.deps.config.dataDirectory, 'attachments'), {
    recursive: true,
    withFileTypes: true,
  });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

describe('R1.1 attachments', () => {
  test('are kept encrypted, listed, and come back byte for byte as downloads that are logged', async () => {
    const { id } = await createCustomer(product.deps, { name: 'With files' });
    const attachmentId = newId();
    const name = '合同 "final"; 100%.pdf';
    expect((await upload(manager, id, pdf, name, attachmentId)).status).toBe(303);
    expect((await upload(manager, id, pdf, name, attachmentId)).status).toBe(303);
    const [row, ...more] = await rowsOf(id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id: attachmentId, media_type: 'application/pdf', size: pdf.length });
    expect(row?.file_name_encrypted).toMatch(/^v1\./);
    const [path = ''] = (await filesOnDisk()).filter((file) => file.endsWith(attachmentId));
    const stored = await readFile(path);
    expect(stored.includes('%PDF')).toBe(false);

    const [shown] = await shownFiles(manager, id);
    expect(shown).toEqual({
      name: '合同 _final_; 100%.pdf',
      href: `/customers/${id}/attachments/${attachmentId}`,
    });
    const response = await manager.download(shown?.href ?? '');
    expect(response.status).toBe(200);
    expect(response.body).toEqual(pdf);
    expect(response.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(response.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"]+"; filename\*=UTF-8''%E5%90%88%E5%90%8C%20_final_%3B%20100%25\.pdf$/,
    );
    const log = await product.query(
      z.object({ action: z.string(), actor_id: z.string() }),
      `SELECT action, actor_id FROM audit_log WHERE table_name = 'attachments' AND record_id = $1 ORDER BY id`,
      [attachmentId],
    );
    const by = { actor_id: manager.user.id };
    expect(log).toEqual([
      { action: 'attachments.uploaded', ...by },
      { action: 'attachments.downloaded', ...by },
    ]);
    const page = await manager.page('/admin/audit-log?table=attachments');
    expect(page('tbody').text()).toContain('Attachment downloaded');
  });

  test('of the wrong kind, empty, missing or too many are refused with a sentence; far too large ones with 413', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Refused' });
    const refusal = async (content: Buffer, name: string): Promise<string> => {
      const response = await upload(manager, id, content, name);
      expect(response.status, name).toBe(422);
      return load(response.text)('#field-files-error').text().trim();
    };
    expect(await refusal(Buffer.from('<svg/>'), 'a.png')).toContain('Files of this kind are not kept');
    expect(await refusal(Buffer.alloc(0), 'a.pdf')).toBe('a.pdf is empty.');
    const missing = await manager.upload(
      `/customers/${id}/attachments`,
      { id: newId() },
      { field: 'other', name: 'a.pdf', content: pdf },
    );
    expect([415, 422]).toContain(missing.status);
    const large = Buffer.concat([pdf, Buffer.alloc(attachmentLimits.bytes)]);
    expect(await refusal(large, 'film.pdf')).toBe('film.pdf is too large.');
    const farTooLarge = Buffer.concat([large, large, large]);
    expect((await upload(manager, id, farTooLarge)).status).toBe(413);
    expect(await rowsOf(id)).toEqual([]);
    for (let count = 0; count < attachmentLimits.files; count += 1)
      await createAttachment(product.deps, { customerId: id, userId: manager.user.id });
    expect(await refusal(pdf, 'a.pdf')).toContain(String(attachmentLimits.files));
  });

  test('are deleted at once, brought back by undo, and gone with their file after 30 days', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Deleted' });
    await upload(manager, id, png, 'photo.png');
    const [shown] = await shownFiles(manager, id);
    const href = shown?.href ?? '';
    expect((await manager.post(`${href}/deletion`)).status).toBe(303);
    expect(await shownFiles(manager, id)).toEqual([]);
    expect((await manager.get(href)).status).toBe(404);
    await manager.post(await lastUndo(manager));
    expect((await manager.download(href)).body).toEqual(png);

    await manager.post(`${href}/deletion`);
    await expireAttachments(product.deps);
    expect(await rowsOf(id)).toHaveLength(1);
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    await expireAttachments(product.deps);
    expect(await rowsOf(id)).toEqual([]);
    expect((await filesOnDisk()).filter((file) => href.endsWith(file.slice(-36)))).toEqual([]);
  });

  test('whose row was never committed leave a file that a later night removes, and nothing on the page', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Crashed' });
    const kept = await createAttachment(product.deps, { customerId: id, userId: manager.user.id });
    const store = attachmentFiles(product.deps.config);
    const [stray, unfinished] = [newId(), newId()];
    await store.write(stray, pdf);
    await store.write(unfinished, pdf);
    const paths = (await filesOnDisk()).filter((path) =>
      [stray, unfinished].some((one) => path.endsWith(one)),
    );
    await writeFile(`${paths[1] ?? ''}.new`, 'half');
    expect((await shownFiles(manager, id)).map(({ href }) => href.slice(-36))).toEqual([kept]);
    await expireAttachments(product.deps);
    expect(await store.read(stray)).toEqual(pdf);
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    for (const path of await filesOnDisk()) await utimes(path, longAgo, longAgo);
    await expireAttachments(product.deps);
    await expect(store.read(stray)).rejects.toThrow('ENOENT');
    expect((await filesOnDisk()).filter((path) => path.endsWith('.new'))).toEqual([]);
    expect((await store.read(kept)).length).toBeGreaterThan(0);
  });
});

describe('R5.2 who may see and add attachments', () => {
  test('only within the scope of the customer, and only under that customer', async () => {
    const { id } = await createCustomer(product.deps, { name: 'Scoped' });
    const other = await createCustomer(product.deps, { name: 'Other' });
    const attachmentId = await createAttachment(product.deps, { customerId: id, userId: manager.user.id });
    const path = `/customers/${id}/attachments/${attachmentId}`;
    expect((await manager.get(`/customers/${other.id}/attachments/${attachmentId}`)).status).toBe(404);
    expect((await manager.post(`/customers/${other.id}/attachments/${attachmentId}/deletion`)).status).toBe(
      404,
    );
    expect((await manager.get(`/customers/${id}/attachments/..%2F..%2Fkeys.json`)).status).toBe(404);
    const account = await product.signIn({ role: 'account' });
    expect((await account.get(path)).status).toBe(404);
    expect((await upload(account, id, pdf)).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(path)).status).toBe(200);
    expect((await upload(auditor, id, pdf)).status).toBe(403);
    expect((await auditor.post(`${path}/deletion`)).status).toBe(403);
    const agent = await product.signIn({ role: 'agent' });
    expect((await upload(agent, id, pdf)).status).toBe(403);
    expect((await agent.post(`${path}/deletion`)).status).toBe(403);
    const nobody = await product.signIn({ role: null });
    expect((await nobody.get(path)).status).toBe(403);
  });

  test('an id that another customer’s file has does not touch that file', async () => {
    const { id } = await createCustomer(product.deps);
    const other = await createCustomer(product.deps);
    const taken = newId();
    await upload(manager, id, png, 'photo.png', taken);
    await upload(manager, other.id, pdf, 'taken.pdf', taken);
    expect(await rowsOf(other.id)).toEqual([]);
    expect((await manager.download(`/customers/${id}/attachments/${taken}`)).body).toEqual(png);
  });
});

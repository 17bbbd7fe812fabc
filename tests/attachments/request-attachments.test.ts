import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { attachmentLimits } from '../../src/modules/attachments/attachment.js';
import { lastUndo } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { jpeg, pdf, png } from './files.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Zhao Min' });
});
afterAll(() => product.close());

const Row = z.object({ id: z.string(), customer_id: z.string(), actions: z.array(z.string()) });
const filesOf = (requestId: string) =>
  product.query(
    Row,
    `SELECT id, customer_id,
            ARRAY(SELECT action FROM audit_log WHERE table_name = 'attachments' AND record_id = attachments.id::text ORDER BY id) AS actions
     FROM attachments WHERE request_id = $1 AND deleted_at IS NULL ORDER BY id`,
    [requestId],
  );

const fill = (customerId: string, count: number) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.attachment.createMany({
      data: Array.from({ length: count }, () => ({
        ...{ id: newId(), customerId, mediaType: 'application/pdf', size: 9 },
        ...{ fileNameEncrypted: '', sha256: '' },
      })),
    }),
  );

const shownFiles = async (client: TestClient, path: string) => {
  const page = await client.page(path);
  return page('[aria-labelledby="attachments-heading"] a')
    .toArray()
    .map((link) => ({ name: page(link).text(), href: page(link).attr('href') ?? '' }));
};

describe('R2.1 files that come with a request', () => {
  const fields = (customerId: string) => ({
    ...{ id: newId(), customerId, subject: 'Blister after the peeling', channel: 'wechat' },
    description: 'Since yesterday evening',
  });
  const files = (...named: readonly (readonly [string, Buffer])[]) =>
    named.map(([name, content]) => ({ field: 'files', name, content }));

  test('are kept with it and its customer, once, by what their bytes are', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const form = await manager.page('/service-requests/new');
    expect(form('#field-files-help').text()).toContain('up to 10 MB each, at most 10 files at once');
    const sent = fields(customerId);
    const chosen = files(['左脸.jpg', jpeg], ['right.png', png], ['agreement', pdf]);
    for (let times = 0; times < 2; times += 1)
      expect((await manager.upload('/service-requests', sent, ...chosen)).status).toBe(303);
    const kept = await filesOf(sent.id);
    expect(kept.map((file) => [file.customer_id, file.actions])).toEqual(
      chosen.map(() => [customerId, ['service-requests.opened']]),
    );
    const path = `/service-requests/${sent.id}`;
    const shown = await shownFiles(manager, path);
    expect(shown.map(({ name }) => name).sort()).toEqual(['agreement.pdf', 'right.png', '左脸.jpg'].sort());
    const picture = shown.find(({ name }) => name === 'right.png');
    expect((await manager.download(picture?.href ?? '')).body).toEqual(png);
    expect(await shownFiles(manager, `/customers/${customerId}`)).toHaveLength(3);
  });

  test('and are refused keep all that was typed, open nothing, and ask to be chosen again', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const tooMany = Array.from({ length: attachmentLimits.atOnce + 1 }, () => ['a.pdf', pdf] as const);
    const large = Buffer.concat([pdf, Buffer.alloc(attachmentLimits.bytes)]);
    for (const [refused, sentence] of [
      [
        files(['fine.pdf', pdf], ['evil.svg', Buffer.from('<svg/>')]),
        'evil.svg: Files of this kind are not kept',
      ],
      [files(['film.pdf', large]), 'film.pdf is too large'],
      [files(...tooMany), 'Choose at most 10 files at once'],
    ] as const) {
      const sent = fields(customerId);
      const response = await manager.upload('/service-requests', sent, ...refused);
      expect(response.status, sentence).toBe(422);
      const page = load(response.text);
      expect(page('#field-files-error').text()).toContain(sentence);
      expect(page('#field-files-help').text()).toContain('choose them again');
      expect(page('textarea[name="description"]').text()).toBe(sent.description);
      expect(page('input[name="subject"]').attr('value')).toBe(sent.subject);
      expect(await filesOf(sent.id)).toEqual([]);
      expect((await manager.get(`/service-requests/${sent.id}`)).status).toBe(404);
    }
  });

  test('open nothing when the customer has no room for all of them', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    await fill(customerId, attachmentLimits.files - 1);
    const sent = fields(customerId);
    const response = await manager.upload(
      '/service-requests',
      sent,
      ...files(['a.pdf', pdf], ['b.pdf', pdf]),
    );
    expect(response.status).toBe(422);
    expect(response.text).toContain('The customer has room for 1 more file.');
    expect((await manager.get(`/service-requests/${sent.id}`)).status).toBe(404);
  });
});

describe('R2.1 files on the record of a request', () => {
  const add = (client: TestClient, requestId: string, content = pdf, name = 'bill.pdf', id = newId()) =>
    client.upload(`/service-requests/${requestId}/attachments`, { id }, { field: 'files', name, content });

  test('are added once, downloaded with a line in the audit log, deleted, and come back', async () => {
    const { id, customerId } = await createRequest(product.deps);
    const path = `/service-requests/${id}`;
    const fileId = newId();
    for (let times = 0; times < 2; times += 1)
      expect((await add(manager, id, pdf, 'bill.pdf', fileId)).status).toBe(303);
    expect(await filesOf(id)).toMatchObject([{ id: fileId, customer_id: customerId }]);
    expect((await manager.page(path))('body').text()).toContain('Zhao Min');
    const got = await manager.download(`${path}/attachments/${fileId}`);
    expect(got.body).toEqual(pdf);
    expect(got.headers['content-disposition']).toContain('attachment');
    expect((await manager.post(`${path}/attachments/${fileId}/deletion`)).status).toBe(303);
    expect(await filesOf(id)).toEqual([]);
    expect((await manager.get(`${path}/attachments/${fileId}`)).status).toBe(404);
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect((await filesOf(id))[0]?.actions).toEqual([
      'attachments.uploaded',
      'attachments.downloaded',
      'attachments.deleted',
      expect.any(String),
    ]);
  });

  test('several are added in one go, once, and counted; of one the name is said', async () => {
    const { id } = await createRequest(product.deps);
    const path = `/service-requests/${id}`;
    const form = await manager.page(path);
    expect(form('#field-files').attr('multiple')).toBeDefined();
    expect(form('#field-files-help').text()).toContain('at most 10 at once and 50 in all');
    const fileId = newId();
    const chosen = ['a.pdf', 'b.pdf', 'c.pdf'].map((name) => ({ field: 'files', name, content: pdf }));
    for (let times = 0; times < 2; times += 1) {
      await manager.upload(`${path}/attachments`, { id: fileId }, ...chosen);
      expect((await manager.get(path)).text).toContain('3 files are kept with the request.');
    }
    expect((await filesOf(id)).map(({ actions }) => actions)).toEqual(
      chosen.map(() => ['attachments.uploaded']),
    );
    await add(manager, id);
    expect((await manager.get(path)).text).toContain('bill.pdf is kept with the request.');
    expect(await filesOf(id)).toHaveLength(4);
  });

  test('of which one is refused are all left out, and it names itself', async () => {
    const { id, customerId } = await createRequest(product.deps);
    const fine = { field: 'files', name: 'fine.pdf', content: pdf };
    const refused = async (...files: (typeof fine)[]) => {
      const response = await manager.upload(`/service-requests/${id}/attachments`, { id: newId() }, ...files);
      expect(response.status).toBe(422);
      const page = load(response.text);
      expect(page('#field-files-help').text()).toContain('None of the files was kept');
      expect(await filesOf(id)).toEqual([]);
      return page('#field-files-error').text();
    };
    const evil = { field: 'files', name: 'evil.svg', content: Buffer.from('<svg/>') };
    expect(await refused(fine, evil)).toContain('evil.svg: Files of this kind are not kept');
    const tooMany = Array.from({ length: attachmentLimits.atOnce + 1 }, () => fine);
    expect(await refused(...tooMany)).toContain('Choose at most 10 files at once');
    await fill(customerId, attachmentLimits.files - 1);
    expect(await refused(fine, fine)).toContain('The customer has room for 1 more file.');
  });

  test('that are refused say why on the record', async () => {
    const { id } = await createRequest(product.deps);
    const response = await add(manager, id, Buffer.from('<html>'), 'page.html');
    expect(response.status).toBe(422);
    expect(load(response.text)('#field-files-error').text()).toContain('Files of this kind are not kept');
    expect((await manager.upload(`/service-requests/${id}/attachments`, { id: newId() })).status).toBe(422);
  });

  test('are for those who may read the request; adding and deleting for those who may work it', async () => {
    const agent = await product.signIn({
      grants: { 'service-requests:read': 'own', 'service-requests:work': 'own' },
    });
    const { id } = await createRequest(product.deps, { assigneeId: agent.user.id });
    const { id: foreign } = await createRequest(product.deps, { assigneeId: manager.user.id });
    const fileId = newId();
    expect((await add(agent, id, pdf, 'a.pdf', fileId)).status).toBe(303);
    const path = `/service-requests/${id}/attachments/${fileId}`;
    expect((await agent.get(path)).status).toBe(200);
    expect((await add(agent, foreign)).status).toBe(404);
    expect((await agent.get(`/service-requests/${foreign}/attachments/${fileId}`)).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(path)).status).toBe(200);
    expect((await add(auditor, id)).status).toBe(403);
    expect((await auditor.post(`${path}/deletion`)).status).toBe(403);
    const reader = await product.signIn({
      grants: { 'service-requests:read': 'all', 'service-requests:work': 'own' },
    });
    expect((await add(reader, id)).status).toBe(403);
    const nobody = await product.signIn({ role: null });
    expect((await nobody.get(path)).status).toBe(403);
  });

  test('are not offered where an imported request has no customer', async () => {
    const { id } = await createRequest(product.deps);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.serviceRequest.update({ where: { id }, data: { customerId: null, sourceNo: 'X-1' } }),
    );
    const page = await manager.page(`/service-requests/${id}`);
    expect(page('#attachments-heading').length).toBe(0);
    const response = await add(manager, id);
    expect(response.status).toBe(409);
    expect(response.text).toContain('this request has none');
  });
});

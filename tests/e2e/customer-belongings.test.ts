import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pdf } from '../attachments/files.js';
import { startBrowserProduct, type BrowserProduct } from '../support/browser.js';
import { createAttachment } from '../support/factories/attachment.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { accessibilityProblems, markupProblems, sidewaysOverflow } from '../support/page-checks.js';

let browserProduct: BrowserProduct;
beforeAll(async () => {
  browserProduct = await startBrowserProduct();
});
afterAll(() => browserProduct.close());

test('R1.1 R1.15 somebody keeps a second phone, a colleague and a file with their customer', async () => {
  const { deps } = browserProduct.product;
  const user = await createUser(deps, { role: 'account' });
  await createUser(deps, { role: 'account', name: 'Colleague Chen' });
  const customer = await createCustomer(deps, { name: '李四', phone: '+8613812345678', ownerId: user.id });
  const { page } = await browserProduct.openPage({ user });
  await page.goto(`/customers/${customer.id}`);

  const contact = page.getByRole('region', { name: 'Contact', exact: true });
  await contact.getByText('Add a phone or e-mail').click();
  await contact.getByLabel('Where').selectOption('work');
  await contact.getByLabel('Number or address').fill('138 1234 5678');
  await contact.getByRole('button', { name: 'Add', exact: true }).click();
  await contact.getByRole('alert').getByText('has this one already').waitFor();
  await contact.getByLabel('Number or address').fill('139 8765 4321');
  await contact.getByRole('button', { name: 'Add', exact: true }).click();
  await contact.getByText('Phone (work)').waitFor();
  await contact.getByRole('button', { name: 'Show Phone (work)' }).click();
  await contact.getByText('139 8765 4321').waitFor();
  await contact.getByRole('button', { name: 'Make 139****4321 the first one' }).click();
  await contact.getByText('Phone (other)').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.goto(`/customers/${customer.id}`);
  await contact.getByText('Phone (work)').waitFor();

  const collaborators = page.getByRole('region', { name: 'Collaborators' });
  await collaborators.getByText('Add a collaborator').click();
  await collaborators.getByLabel('Person').selectOption('Colleague Chen');
  await collaborators.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Colleague Chen works with the customer now.').waitFor();
  await collaborators.getByRole('button', { name: 'Remove Colleague Chen' }).waitFor();

  const attachments = page.getByRole('region', { name: 'Attachments' });
  await attachments.getByText('Add files').click();
  await attachments.getByLabel('Files').setInputFiles({
    ...{ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html></html>') },
  });
  await attachments.getByRole('button', { name: 'Upload' }).click();
  await attachments.getByRole('alert').getByText('Files of this kind are not kept').waitFor();
  await attachments.getByLabel('Files').setInputFiles({
    ...{ name: '合同.pdf', mimeType: 'application/pdf', buffer: pdf },
  });
  await attachments.getByRole('button', { name: 'Upload' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    attachments.getByRole('link', { name: '合同.pdf' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('合同.pdf');
  expect(await readFile(await download.path())).toEqual(pdf);
  await attachments.getByRole('button', { name: 'Delete 合同.pdf' }).click();
  await page.getByText('The file is deleted.').waitFor();
});

test('R6.7 a record with all of it is valid and accessible, wide and narrow', async () => {
  const { deps } = browserProduct.product;
  const people = await Promise.all(
    ['Chen', '很长的名字'.repeat(6)].map((name) => createUser(deps, { name })),
  );
  const customer = await createCustomer(deps, {
    ...{ name: 'Everything', phone: '+8613812345679', collaboratorIds: people.map(({ id }) => id) },
  });
  const value = `${'x'.repeat(60)}@${'example'.repeat(8)}.com`;
  await createContactPoint(deps, { customerId: customer.id, kind: 'email', value });
  await createContactPoint(deps, { customerId: customer.id, label: 'home' });
  for (const name of ['a.pdf', `${'合同'.repeat(60)}.pdf`])
    await createAttachment(deps, { customerId: customer.id, userId: people[0]?.id ?? '', name });
  const { page } = await browserProduct.openPage();
  const response = await page.goto(`/customers/${customer.id}`);
  expect(await markupProblems((await response?.text()) ?? '')).toEqual([]);
  for (const summary of await page.locator('.record-summary summary').all()) await summary.click();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate('window.scrollTo(0, 0)');
    expect(await accessibilityProblems(page, 'whole')).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
  }
});

import { load } from 'cheerio';
import type { TestClient, FormFields } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

/** Opens a personal page and returns the nonce of the form that goes to an address ending so. */
export async function nonceOf(visitor: TestClient, path: string, actionEnd = ''): Promise<string> {
  const page = load((await visitor.get(path)).text);
  const form = page('form')
    .toArray()
    .find((each) => page(each).attr('action')?.split('?')[0]?.endsWith(actionEnd));
  return (form && page(form).find('input[name="nonce"]').attr('value')) ?? '';
}

/** Lets some seconds pass, counted from now. */
export const passSeconds = (product: TestProduct, seconds: number): void =>
  product.setNow(new Date(product.deps.now().getTime() + seconds * 1_000));

/** Opens a personal page, looks at it for a moment, and sends one of its forms. */
export async function sendForm(
  product: TestProduct,
  visitor: TestClient,
  path: string,
  action: string,
  fields: FormFields,
) {
  const nonce = await nonceOf(visitor, path, action);
  passSeconds(product, 3);
  return visitor.post(action, { ...fields, nonce });
}

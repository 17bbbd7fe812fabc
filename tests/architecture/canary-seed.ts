import { createAttachment } from '../support/factories/attachment.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer, type TestCustomer } from '../support/factories/customer.js';
import { createCustomerContact } from '../support/factories/customer-contact.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import type { TestProduct } from '../support/product.js';
import type { Canary } from './canary-values.js';

/** Somebody to whom customers belong. */
export interface Holder {
  readonly id: string;
  readonly teamId: string;
}

export interface SeededCustomer extends TestCustomer {
  readonly ownerId: string;
  readonly teamId: string;
}

/** Makes customers whose contact data is unique, and keeps what it was. */
export class CanarySeed {
  readonly canaries: Canary[] = [];
  readonly customers: SeededCustomer[] = [];
  private number = 0;

  constructor(private readonly product: TestProduct) {}

  /** One customer with every kind of contact data, further ones, a contact and an attachment. */
  async add(owner: Holder, kind: 'person' | 'company' = 'person'): Promise<SeededCustomer> {
    const { deps } = this.product;
    const [phone, email, wechat, address] = [this.phone(), this.email(), this.wechat(), this.address()];
    const contact = { phone, email, wechat, address };
    const { id: ownerId, teamId } = owner;
    const name = `Seeded ${this.number}`;
    const { customerNo, id: customerId } = await createCustomer(deps, {
      ...contact,
      kind,
      name,
      ownerId,
      teamId,
    });
    this.keep(customerId, contact);
    for (const further of ['phone', 'email'] as const) {
      const value = this[further]();
      await createContactPoint(deps, { customerId, kind: further, value });
      this.keep(customerId, { [further]: value });
    }
    const reach = { phone: this.phone(), email: this.email() };
    await createCustomerContact(deps, { customerId, ...reach });
    this.keep(customerId, reach);
    const attachment = `secretfile${this.next()}x.pdf`;
    await createAttachment(deps, { customerId, userId: ownerId, name: attachment });
    this.keep(customerId, { attachment });
    await createContactRecord(deps, { customerId, staffId: ownerId });
    await createFollowUp(deps, { customerId, ownerId, dueOn: deps.now().toISOString().slice(0, 10) });
    const seeded = { id: customerId, customerNo, name, ownerId, teamId };
    this.customers.push(seeded);
    return seeded;
  }

  keep(customerId: string, values: Partial<Record<Canary['kind'], string>>): void {
    for (const kind of ['phone', 'email', 'wechat', 'address', 'attachment'] as const) {
      const value = values[kind];
      if (value !== undefined) this.canaries.push({ kind, value, customerId });
    }
  }

  phone = (): string => `+86137${String(20_000_000 + this.next() * 1_117)}`;
  email = (): string => `secretmail${this.next()}x@hidden${this.number}.example`;
  wechat = (): string => `sw${this.next()}secretchat`;
  address = (): string => `Street of Secrets ${this.next()}, door ${this.number}b`;

  private next(): number {
    this.number += 1;
    return this.number;
  }
}

import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { sealContact, type ContactDetails } from '../../../src/modules/customers/contact-details.js';
import { spellName } from '../../../src/modules/customers/customer-name.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface CustomerOptions extends Partial<ContactDetails> {
  readonly name?: string;
  readonly customerNo?: string;
  readonly kind?: 'person' | 'company';
  readonly gender?: 'female' | 'male' | 'other';
  readonly birthDate?: string;
  readonly firstVisitOn?: string | undefined;
  readonly city?: string;
  readonly source?: string;
  readonly remark?: string;
  readonly habits?: string;
  readonly preferences?: string;
  readonly needs?: string;
  readonly customValues?: Readonly<Record<string, string | number | boolean>>;
  readonly ownerId?: string;
  readonly teamId?: string;
  readonly collaboratorIds?: string[];
  readonly createdAt?: Date;
}

export interface TestCustomer {
  readonly id: string;
  readonly customerNo: string;
  readonly name: string;
}

/** A customer as the product would store it. */
export async function createCustomer(
  deps: Dependencies,
  options: CustomerOptions = {},
): Promise<TestCustomer> {
  const number = nextNumber();
  const {
    phone = null,
    email = null,
    wechat = null,
    address = null,
    birthDate,
    firstVisitOn,
    ...columns
  } = options;
  const id = newId();
  const name = options.name ?? `Customer ${number}`;
  const customerNo = options.customerNo ?? `T${String(number).padStart(6, '0')}`;
  const spelling = spellName(name);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customer.create({
      data: {
        ...columns,
        id,
        name,
        customerNo,
        namePinyin: spelling.pinyin,
        nameInitials: spelling.initials,
        ...(birthDate ? { birthDate: new Date(`${birthDate}T00:00:00Z`) } : {}),
        ...(firstVisitOn ? { firstVisitOn: new Date(`${firstVisitOn}T00:00:00Z`) } : {}),
        ...sealContact(deps.cipher, id, { phone, email, wechat, address }),
      },
    }),
  );
  return { id, customerNo, name };
}

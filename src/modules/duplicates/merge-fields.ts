import type { Customer } from '../../generated/prisma/client.js';
import type { Cipher } from '../../core/cipher.js';
import {
  openContact,
  sealContact,
  type ContactColumns,
  type ContactField,
} from '../customers/contact-details.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { customerLimits } from '../customers/customers.schemas.js';

/** What is chosen on its own when two customers become one, in the order of the form. */
export const mergeFields = [
  'name',
  'phone',
  'gender',
  'birthDate',
  'email',
  'wechat',
  'city',
  'address',
  'source',
  'firstVisitOn',
  'owner',
  'branch',
  'habits',
  'preferences',
  'needs',
  'customValues',
  'remark',
] as const;
export type MergeField = (typeof mergeFields)[number];

/** Columns that are those of the record that stays, whatever is chosen: who it is and how it came to be. */
export const keptColumns = [
  'id',
  'customerNo',
  'deletedAt',
  'deletedById',
  'erasedAt',
  'mergedIntoId',
  'kind',
  'ownedSince',
  'previousOwnerId',
  'pooledAt',
  'poolReason',
  'version',
  'createdAt',
  'updatedAt',
] as const satisfies readonly (keyof Customer)[];

export type MergedColumns = Omit<Customer, (typeof keptColumns)[number] | 'customValues'> & {
  readonly customValues: CustomValues;
};

/** Which of the two a field comes from; a remark can be that of both. Fields that are not named stay as they are. */
export type MergeChoices = Readonly<Partial<Record<MergeField, 'survivor' | 'other' | 'both'>>>;

/**
 * The columns of the record that stays. Contact data of the other one is encrypted anew, because each encrypted value
 * opens in its own row alone.
 */
export function mergedColumns(
  cipher: Cipher,
  survivor: Customer,
  other: Customer,
  choices: MergeChoices,
): MergedColumns {
  const from = (field: MergeField): Customer => (choices[field] === 'other' ? other : survivor);
  const contact = (field: ContactField): ContactColumns =>
    from(field) === survivor ? survivor : resealed(cipher, survivor.id, other, field);
  const { name, namePinyin, nameInitials } = from('name');
  const { birthDate, birthCalendar } = from('birthDate');
  const { phoneEncrypted, phoneHash, phoneLast4Hash } = contact('phone');
  const { emailEncrypted, emailHash } = contact('email');
  const { wechatEncrypted, wechatHash } = contact('wechat');
  const { ownerId, teamId } = from('owner');
  return {
    ...plainColumns(survivor, other, choices),
    ...{ name, namePinyin, nameInitials },
    ...{ birthDate, birthCalendar },
    ...{ phoneEncrypted, phoneHash, phoneLast4Hash },
    ...{ emailEncrypted, emailHash },
    ...{ wechatEncrypted, wechatHash },
    ...{ ownerId, teamId },
    collaboratorIds: [...new Set([...survivor.collaboratorIds, ...other.collaboratorIds])],
    addressEncrypted: contact('address').addressEncrypted,
    branchId: from('branch').branchId,
    customValues: mergedValues(survivor, other, choices.customValues),
    remark: choices.remark === 'both' ? joinedRemark(survivor.remark, other.remark) : from('remark').remark,
    ...(survivor.kind === 'company' && notOfCompanies),
  };
}

/** What a company takes from nobody. */
const notOfCompanies = { gender: null, birthDate: null, birthCalendar: 'solar' } as const;

/** Columns that a form fills one by one: as chosen; where nothing is asked, what only the other one has is taken. */
function plainColumns(survivor: Customer, other: Customer, choices: MergeChoices) {
  const { id, customerNo, deletedAt, deletedById, mergedIntoId, version, createdAt, updatedAt, ...rest } =
    survivor;
  const { kind, ownedSince, previousOwnerId, pooledAt, poolReason, erasedAt, ...own } = rest;
  const empty = Object.entries(own).flatMap(([column, value]) => (value === null ? [column] : []));
  const taken = Object.entries(other).filter(([column]) => {
    const field = mergeFields.find((name) => name === column);
    return field ? choices[field] === 'other' : empty.includes(column);
  });
  return { ...own, ...Object.fromEntries(taken) };
}

/** Of custom fields that both have filled in, those of the chosen one; the rest is kept, whosever it is. */
function mergedValues(
  survivor: Customer,
  other: Customer,
  choice: MergeChoices['customValues'],
): CustomValues {
  const own = CustomValues.parse(survivor.customValues);
  const others = CustomValues.parse(other.customValues);
  return choice === 'other' ? { ...own, ...others } : { ...others, ...own };
}

/** Both remarks, one under the other. */
export const joinedRemark = (one: string | null, other: string | null): string =>
  [one, other].filter((remark) => remark !== null).join('\n');

/** True when both remarks together are no longer than a remark may be. */
export const fitsTogether = (one: string | null, other: string | null): boolean =>
  joinedRemark(one, other).length <= customerLimits.remark;

function resealed(cipher: Cipher, survivorId: string, other: Customer, field: ContactField): ContactColumns {
  const plain = openContact(cipher, other.id, field, other[`${field}Encrypted`]);
  const nothing = { phone: null, email: null, wechat: null, address: null };
  return sealContact(cipher, survivorId, { ...nothing, [field]: plain });
}

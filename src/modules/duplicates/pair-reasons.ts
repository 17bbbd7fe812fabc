import { z } from 'zod';

/** Why two customers may be one person. Each is a rule of the scan; the names stand in the database. */
export const pairReasons = ['phone', 'email', 'wechat', 'nameAndBirthDate', 'nameAndCity'] as const;
export type PairReason = (typeof pairReasons)[number];

/** Reasons of a pair, each with how many customers share the value. */
export const PairReasons = z.partialRecord(z.enum(pairReasons), z.number().int());
export type PairReasons = z.infer<typeof PairReasons>;

/** How much each reason says, in points out of 100. */
export const reasonWeights: Readonly<Record<PairReason, number>> = {
  phone: 55,
  email: 50,
  wechat: 50,
  nameAndBirthDate: 30,
  nameAndCity: 10,
};

/** A value that more customers share belongs to a shop or a family firm: such a group is one entry of the queue. */
export const largestGroup = 20;

/** Points of a reason whose value more than `largestGroup` customers share. */
export const sharedWeight = 10;

/** A name that more customers of one city bear is a common one there, which says nothing. */
export const largestNamesakeGroup = 3;

/** Points for the same name, whatever brought the two together, and those that different birth dates take away. */
export const sameNamePoints = 25;
export const otherBirthDatePoints = -20;

export const highestScore = 100;
export const lowestScore = 1;

import { z } from 'zod';

/** In every form of a personal page: what the page was given when it was shown. */
export const nonceField = { nonce: z.string('personalLinks.openTooLong').max(200) };

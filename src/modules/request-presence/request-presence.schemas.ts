import { z } from 'zod';
import { checkbox, rowVersion } from '../../core/fields.js';

/** `version` is that of the record as it was opened. */
export const PresenceForm = z.strictObject({ version: rowVersion, isWriting: checkbox });

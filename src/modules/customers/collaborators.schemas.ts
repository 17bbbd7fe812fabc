import { z } from 'zod';
import { uuid } from '../../core/fields.js';

export const CollaboratorForm = z.strictObject({ collaborator: uuid });

export const CollaboratorParams = z.strictObject({ id: uuid, userId: uuid });

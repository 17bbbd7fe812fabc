import type { RequiredField } from '../request-states/request-state.js';
import { complaintFields } from './request.js';
import type { AllowedStep, RequestRecord } from './service-requests.queries.js';
import type { StepForm } from './service-requests.schemas.js';

/** What is filled in on the way, by the field that a step may ask for. */
const filledIn: Readonly<Record<RequiredField, (request: RequestRecord, form: StepForm) => boolean>> = {
  reason: (_, { reason }) => reason !== null,
  assignee: (request) => request.assignee !== null,
  category: (request, { categoryId }) => categoryId !== null || request.category !== null,
  resolution: (request, { resolution }) => resolution !== null || request.resolution !== null,
  cause: (request, { causeId }) => causeId !== null || (request.complaint?.causeId ?? null) !== null,
  responsibility: (request, { responsibility }) =>
    responsibility !== null || (request.complaint?.responsibility ?? null) !== null,
  remedy: (request, { remedy }) => remedy !== null || (request.complaint?.remedy ?? null) !== null,
};

/** What a step asks for of this request; fields of complaints only where it is one. */
export const askedFields = (request: RequestRecord, step: AllowedStep): readonly RequiredField[] =>
  step.requiredFields.filter((field) => request.complaint !== null || !complaintFields.has(field));

/** What is still missing for a step. */
export const missingFields = (
  request: RequestRecord,
  step: AllowedStep,
  form: StepForm,
): readonly RequiredField[] => askedFields(request, step).filter((field) => !filledIn[field](request, form));

import type { Templates } from '../generated/templates.js';

/** Every template under views/ by its path without ending, for instance `customers/index`. */
export type TemplateName = keyof Templates;

/** The view that a template declares in its first line. */
export type TemplateView<Name extends TemplateName> = Templates[Name];

/** The reasons for which an uploaded file cannot be read; each is a sentence of the texts. */
export const tabularFileErrorKeys = [
  'errors.file.binary',
  'errors.file.cellTooLong',
  'errors.file.damaged',
  'errors.file.empty',
  'errors.file.encoding',
  'errors.file.encrypted',
  'errors.file.markup',
  'errors.file.notAWorkbook',
  'errors.file.notReadable',
  'errors.file.oldExcel',
  'errors.file.recordTooLong',
  'errors.file.sheetNotFound',
  'errors.file.timeout',
  'errors.file.tooComplex',
  'errors.file.tooLarge',
  'errors.file.tooManyColumns',
  'errors.file.tooManyRows',
  'errors.file.unclosedQuote',
  'errors.file.unsafeWorkbook',
  'errors.file.unsupportedType',
  'errors.file.unsupportedWorkbook',
] as const;

export type TabularFileErrorKey = (typeof tabularFileErrorKeys)[number];

export type TabularFileErrorParams = Readonly<Record<string, string | number>>;

/**
 * An uploaded file cannot be read, for a reason that the user can do something about. `params` never holds what
 * the cells say, so it may be logged and kept.
 */
export class TabularFileError extends Error {
  override readonly name = 'TabularFileError';
  constructor(
    readonly messageKey: TabularFileErrorKey,
    readonly params: TabularFileErrorParams = {},
    options?: ErrorOptions,
  ) {
    super(messageKey, options);
  }
}

/** Most rows below the header that one file may hold. */
export const maximumRows = 200_000;

/** Most columns that may hold text. */
export const maximumColumns = 200;

/** Most characters in one cell: the limit of Excel itself. */
export const maximumCellCharacters = 32_767;

/** Largest file, in bytes. */
export const maximumFileBytes = 100 * 1024 * 1024;

/** Largest record of a delimited file, in bytes of UTF-8: what an unclosed quotation mark can swallow at most. */
export const maximumRecordBytes = 8 * 1024 * 1024;

/** Most files inside a workbook. */
export const maximumWorkbookParts = 2_000;

/** Largest sum of all files inside a workbook after unpacking, in bytes. */
export const maximumUnpackedBytes = 300 * 1024 * 1024;

/** A part of a workbook may unpack to this many times its packed size; small parts are exempt. */
export const maximumUnpackingRatio = 200;

/** Parts up to this size after unpacking, in bytes, may be packed as tightly as they like. */
export const unpackingRatioExemptBytes = 1024 * 1024;

/** Time that the reading of one file may take, in seconds, not counting the time in which nobody asks for rows. */
export const maximumReadingSeconds = 120;

/** Heap of the process that reads a file, in megabytes. */
export const readingHeapMegabytes = 256;

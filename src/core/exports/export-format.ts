export const exportFormats = ['xlsx', 'csv'] as const;

export type ExportFormat = (typeof exportFormats)[number];

export const contentTypes: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** `customers-2026-11-22.xlsx`, for the kebab-case name of what is exported and a day `yyyy-mm-dd`. */
export const exportFileName = (name: string, day: string, format: ExportFormat): string =>
  `${name}-${day}.${format}`;

import { buildZip, type ZipFile } from './build-zip.js';

/** A workbook to be made from raw XML. */
export interface WorkbookDraft {
  /** What stands inside `<sheetData>` of each sheet, by the sheet's name. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly workbookProperties?: string;
  readonly hiddenSheets?: readonly string[];
  /** Further files, or other versions of those above. */
  readonly files?: readonly ZipFile[];
}

const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** An .xlsx with just these sheets, in the order of their names as given. */
export function buildWorkbook(draft: WorkbookDraft): Buffer {
  const names = Object.keys(draft.sheets);
  const tabs = names.map((name, index) => {
    const state = draft.hiddenSheets?.includes(name) === true ? ' state="hidden"' : '';
    return `<sheet name="${name}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
  });
  const links = names.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${type}/worksheet" Target="worksheets/tab${index + 1}.xml"/>`,
  );
  const files: ZipFile[] = [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: 'xl/workbook.xml',
      content: `<workbook>${draft.workbookProperties ?? ''}<sheets>${tabs.join('')}</sheets></workbook>`,
    },
    ...names.map((name, index) => ({
      name: `xl/worksheets/tab${index + 1}.xml`,
      content: `<worksheet><sheetData>${draft.sheets[name] ?? ''}</sheetData></worksheet>`,
    })),
  ];
  if (draft.sharedStrings !== undefined) {
    links.push(`<Relationship Id="rId98" Type="${type}/sharedStrings" Target="/xl/sharedStrings.xml"/>`);
    files.push({ name: 'xl/sharedStrings.xml', content: `<sst>${draft.sharedStrings}</sst>` });
  }
  if (draft.styles !== undefined) {
    links.push(`<Relationship Id="rId99" Type="${type}/styles" Target="styles.xml"/>`);
    files.push({ name: 'xl/styles.xml', content: `<styleSheet>${draft.styles}</styleSheet>` });
  }
  files.push({
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships>${links.join('')}</Relationships>`,
  });
  const replaced = new Set(draft.files?.map((file) => file.name));
  return buildZip([...files.filter((file) => !replaced.has(file.name)), ...(draft.files ?? [])]);
}

/** A row of text cells, `A1`, `B1` and so on. */
export function textRow(number: number, ...cells: readonly string[]): string {
  const written = cells.map(
    (cell, index) =>
      `<c r="${String.fromCharCode(65 + index)}${number}" t="inlineStr"><is><t>${cell}</t></is></c>`,
  );
  return `<row r="${number}">${written.join('')}</row>`;
}

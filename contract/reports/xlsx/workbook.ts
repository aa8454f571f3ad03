import { xmlText } from './xml.ts';

/** Places in `cellXfs` below. `amounts`: by the currency's number of decimals. */
export const cellStyles = { text: 0, heading: 1, integer: 2, date: 3, day: 4, amounts: [2, 5, 6, 7] } as const;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook of one sheet beside the sheet itself (ECMA-376, parts 1 and 2), by their path in the package. */
export const workbookParts = (sheetName: string): readonly [path: string, xml: string][] => [
  ['[Content_Types].xml', contentTypes],
  ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
  ['xl/workbook.xml', workbook(sheetName)],
  [
    'xl/_rels/workbook.xml.rels',
    relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  ],
  ['xl/styles.xml', styles],
];
export const sheetPath = 'xl/worksheets/sheet1.xml';

const contentTypes = `${declaration}<Types xmlns="${packages}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>
<Override PartName="/${sheetPath}" ContentType="${spreadsheet}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`;

const relationships = (targets: [type: string, target: string][]): string =>
  `${declaration}<Relationships xmlns="${packages}/relationships">${targets
    .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A sheet's name holds 31 characters and none of these (Excel refuses the file otherwise). */
const workbook = (name: string): string =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${xmlText(
    name.replace(/[[\]:*?/\\"']/g, ' ').slice(0, 31),
  )}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** `integer` is built-in format 3, `#,##0`: Excel groups as its own language does. */
const formats = [
  [164, 'yyyy-mm-dd hh:mm:ss'],
  [165, 'yyyy-mm-dd'],
  [166, '#,##0.0'],
  [167, '#,##0.00'],
  [168, '#,##0.000'],
] as const;
const styled = (format: number, font = 0) =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;

const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
  .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
  .join('')}</numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="8">${[
  styled(49),
  styled(49, 1),
  styled(3),
  styled(164),
  styled(165),
  styled(166),
  styled(167),
  styled(168),
].join('')}</cellXfs></styleSheet>`;

import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly isStored?: boolean;
  /** What the archive says, where that is not the truth. */
  readonly claim?: {
    readonly size?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
  };
  /** Where the directory says that the entry begins, relative to where it does. */
  readonly shift?: number;
  /** Writes sizes and offset into a Zip64 field. */
  readonly isLong?: boolean;
}

function localHeader(part: Part, packed: number, size: number, crc: number): Buffer {
  const name = Buffer.from(part.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(part.claim?.flags ?? 0x0800, 6);
  header.writeUInt16LE(part.claim?.method ?? (part.isStored === true ? 0 : 8), 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** An archive as told, true or not. */
export function archive(
  parts: readonly Part[],
  changes: { readonly before?: string; readonly comment?: string } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const data = Buffer.from(part.data as string);
    const packed = part.isStored === true ? data : deflateRawSync(data, { level: 9 });
    const size = part.claim?.size ?? data.length;
    const crc = part.claim?.crc ?? crc32(data);
    const name = Buffer.from(part.name);
    const extra = Buffer.alloc(part.isLong === true ? 28 : 0);
    if (part.isLong === true) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(packed.length), 12);
      extra.writeBigUInt64LE(BigInt(at + (part.shift ?? 0)), 20);
    }
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(part.claim?.flags ?? 0x0800, 8);
    record.writeUInt16LE(part.claim?.method ?? (part.isStored === true ? 0 : 8), 10);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(part.isLong === true ? 0xffffffff : packed.length, 20);
    record.writeUInt32LE(part.isLong === true ? 0xffffffff : size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt32LE(part.isLong === true ? 0xffffffff : at + (part.shift ?? 0), 42);
    directory.push(Buffer.concat([record, name, extra]));
    const body = Buffer.concat([localHeader(part, packed.length, size, crc), packed]);
    bodies.push(body);
    at += body.length;
  }
  const list = Buffer.concat(directory);
  const comment = Buffer.from(changes.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([Buffer.from(changes.before ?? ''), ...bodies, list, end, comment]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface BookParts {
  /** What stands in `<sheetData>`. */
  readonly rows: string;
  /** What stands in `<sst>`. */
  readonly strings?: string;
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  readonly workbook?: string;
}

/** The parts of a small workbook, to be changed and packed with `archive`. */
export function bookParts({ rows, strings, styles, workbook }: BookParts): Part[] {
  return [
    { name: '[Content_Types].xml', data: '<Types/>' },
    {
      name: '_rels/.rels',
      data: `<Relationships><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data:
        workbook ??
        `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data:
        `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/>` +
        `<Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    },
    { name: 'xl/styles.xml', data: `<styleSheet xmlns="${MAIN}">${styles ?? ''}</styleSheet>` },
    { name: 'xl/sharedStrings.xml', data: `<sst xmlns="${MAIN}">${strings ?? ''}</sst>` },
  ];
}

/** A row of texts in the cells themselves. */
export function textRow(row: number, texts: readonly string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`);
  return `<row r="${row}">${cells.join('')}</row>`;
}

import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

export interface ZipPart {
  name: string;
  content: Buffer;
}

const deflate = promisify(deflateRaw);

/** The date of the MS-DOS format has no time zone; so that a bundle says nothing by it, it is the first that there is (1980-01-01). */
const firstDate = 0x0021;

/** A .zip file as everybody can open it (PKWARE APPNOTE 6.3.10 §4.3: local headers, central directory, end record). */
export const zipOf = async (parts: readonly ZipPart[]): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const fileName = Buffer.from(name);
    const packed = await deflate(content);
    // what §4.4 has in both headers: version 2.0, names in UTF-8, deflated, time, date, sum and sizes
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(firstDate, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([signature(0x04034b50), common, fileName, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), common.subarray(0, 2), common, rest, fileName);
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...pieces, central, signature(0x06054b50), end]);
};

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

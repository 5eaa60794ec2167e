import { crc32, inflateRawSync } from 'node:zlib';

/** What is in a .zip file, by name. Throws where a sum or a size is wrong. */
export const readZip = (zip: Buffer): Record<string, string> => {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const found: Record<string, string> = {};
  for (let number = 0; number < count; number++) {
    const nameBytes = zip.readUInt16LE(at + 28);
    const packedBytes = zip.readUInt32LE(at + 20);
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = inflateRawSync(zip.subarray(begin, begin + packedBytes));
    if (crc32(content) !== zip.readUInt32LE(at + 16) || content.length !== zip.readUInt32LE(at + 24))
      throw new Error(`${name}: sum or size`);
    found[name] = content.toString('utf8');
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
};

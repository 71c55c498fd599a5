import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fieldsVersion } from '../domain/fact-fields.ts';

/**
 * The file format of a backup (docs/backup.md): two gzip members, so that `gzip -dc FILE` prints all of it. The first holds lines
 * of JSON: a header, then records. The second holds one more line, the seal. The seal counts the records and has the SHA-256 of all
 * bytes before it, and with a key an HMAC too. It is stored uncompressed and has only one valid encoding, so every changed byte of the file is noticed.
 */
export const formatName = 'exposure-backup';
/** Grows with the field table, because an older program would lose fields that it does not know. */
export const formatVersion = fieldsVersion;

export interface BackupHeader {
  readonly format: typeof formatName;
  readonly version: number;
  /** The version of the program that wrote the backup. */
  readonly product: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly revision: number;
}

export interface RecordCounts {
  readonly writes: number;
  readonly assertions: number;
  readonly undos: number;
  readonly documents: number;
}

export interface BackupSeal {
  readonly counts: RecordCounts;
  /** The digest of all bytes before the seal, in hexadecimal. */
  readonly sha256: string;
  /** The same with a key, over counts and digest; absent in a backup that was written without a key, as by earlier programs. */
  readonly hmac?: string;
}

/** @param key EXPOSURE_AUDIT_KEY; null: anybody can compute the seal, so it only finds damage */
export function makeSeal(counts: RecordCounts, sha256: string, key: string | null): BackupSeal {
  return key === null ? { counts, sha256 } : { counts, sha256, hmac: hmacOf(counts, sha256, key) };
}

/** The proof that an intact seal gives. */
export type SealProof =
  /** Somebody with this key wrote the backup as it is. */
  | 'KEY'
  /** It has a seal with a key, and nobody looked at it, because no key was given. Its bytes did not change by accident. */
  | 'KEY_NOT_GIVEN'
  /** It has no seal with a key: its bytes did not change by accident, and anybody could have written it. */
  | 'CHECKSUM';

/** Undefined: another key, or a seal that was changed. */
export function proofOf({ counts, sha256, hmac }: BackupSeal, key: string | null): SealProof | undefined {
  if (hmac === undefined) return 'CHECKSUM';
  if (key === null) return 'KEY_NOT_GIVEN';
  return hmac === hmacOf(counts, sha256, key) ? 'KEY' : undefined;
}

/** The first words keep it apart from the seals of the audit trail, which have the same key. */
function hmacOf({ writes, assertions, undos, documents }: RecordCounts, sha256: string, key: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['backup', writes, assertions, undos, documents, sha256]))
    .digest('hex');
}

/** The maximum length of a seal, in bytes. */
export const maxSealLength = 1024;

/** A gzip header without a time or a name, then a final, uncompressed deflate block. */
const sealStart = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1]);

/** The second gzip member. */
export function encodeSeal(seal: BackupSeal): Buffer {
  const line = Buffer.from(`${JSON.stringify({ end: seal })}\n`);
  const length = Buffer.alloc(4);
  length.writeUInt16LE(line.length, 0);
  length.writeUInt16LE(~line.length & 0xffff, 2);
  const check = Buffer.alloc(8);
  check.writeUInt32LE(crc32(line), 0);
  check.writeUInt32LE(line.length, 4);
  return Buffer.concat([sealStart, length, line, check]);
}

/**
 * Finds the seal at the end of a file.
 *
 * @param tail the last `maxSealLength` bytes of the file, or the whole of a shorter file
 * @returns undefined if there is no seal, or if `encodeSeal` could not have written it
 */
export function decodeSeal(tail: Buffer): { readonly seal: BackupSeal; readonly length: number } | undefined {
  const start = tail.lastIndexOf(sealStart);
  if (start < 0) return undefined;
  const member = tail.subarray(start);
  const seal = parseSeal(member.subarray(sealStart.length + 4, -8).toString());
  return seal !== undefined && encodeSeal(seal).equals(member) ? { seal, length: member.length } : undefined;
}

function parseSeal(line: string): BackupSeal | undefined {
  try {
    const { counts, sha256, hmac } = (JSON.parse(line) as { end: BackupSeal }).end;
    const { writes, assertions, undos, documents } = counts;
    return { counts: { writes, assertions, undos, documents }, sha256, ...(hmac === undefined ? {} : { hmac }) };
  } catch {
    return undefined;
  }
}

export function startChecksum() {
  return createHash('sha256');
}

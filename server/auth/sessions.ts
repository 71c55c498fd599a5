import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Keeps texts secret and unchangeable outside this program, in cookies and session files. Each purpose has its own key. */
export class Seal {
  readonly #key: Buffer;

  /** @param secret EXPOSURE_SESSION_SECRET */
  constructor(secret: string, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', `exposure ${purpose}`, 32));
  }

  close(text: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Undefined for a text that was not sealed with the same secret for the same purpose. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < ivBytes + tagBytes) return undefined;
    try {
      const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}

const minute = 60_000;
/** A session ends after this time without a request. */
export const idleMs = 30 * minute;
/** A session ends this long after its log-in. */
export const absoluteMs = 12 * 60 * minute;
/** The cookie gets a new key this often. */
const rotateMs = 5 * minute;
/** Requests that were sent before the new key arrived still count for this time. */
const graceMs = minute;
/** Uses are noted this often, so that a session costs no write for each request. */
const noteUseMs = minute;
/** The most open sessions of one person or token. Its next log-in ends the one that began first. */
export const maxSessions = 50;
/** Ended sessions of everybody are deleted this often, because that reads every file. */
const cleanUpMs = minute;

/** The person or token that logged in. */
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), id: z.string() }),
  z.object({
    kind: z.literal('person'),
    /** The provider's id of the person. */
    sub: z.string(),
    name: z.string(),
    groups: z.array(z.string()),
    accessToken: z.string(),
    refreshToken: z.string().nullable(),
    /** When the provider last confirmed the person. Epoch milliseconds, as all instants here. */
    confirmedAt: z.number(),
  }),
]);
export type SessionSubject = z.infer<typeof subject>;
export type Person = Extract<SessionSubject, { kind: 'person' }>;

const sessionFile = z.object({
  /** SHA-256 of the key that the cookie holds, hex. */
  keyHash: z.string(),
  previousKeyHash: z.string().nullable(),
  keyAt: z.number(),
  startedAt: z.number(),
  usedAt: z.number(),
  /** The network address of the log-in. */
  from: z.string(),
  subject,
});
type SessionFile = z.infer<typeof sessionFile>;

export interface FoundSession {
  readonly handle: string;
  readonly subject: SessionSubject;
  readonly startedAt: number;
  /** The cookie from now on; undefined: the one that was sent. */
  readonly newCookie: string | undefined;
}

/** A session as its owner sees it. The id names the session and grants no access. */
export interface OpenSession {
  readonly id: string;
  readonly startedAt: number;
  /** To the minute. */
  readonly usedAt: number;
  /** The network address of the log-in. */
  readonly from: string;
}

const cookiePattern = /^([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{43})$/;
/** The hex digits at the start of a file's name that are the same for all sessions of a person or token. */
const tagLength = 16;

/**
 * Sessions of people on the page, one sealed file each under EXPOSURE_DATA, so that all servers of a store share them and no backup
 * holds them.
 *
 * The cookie holds a handle, which names the file, and a key, which changes every few minutes. The file holds hashes of the last two keys.
 * A log-in reads only the files of its own person or token, so many log-ins cost others nothing.
 */
export class Sessions {
  readonly #folder: string;
  readonly #seal: Seal;
  #cleanedAt = Number.NEGATIVE_INFINITY;

  /** @param folder exists */
  constructor(folder: string, secret: string) {
    this.#folder = folder;
    this.#seal = new Seal(secret, 'session');
  }

  /** Begins a session. @returns its cookie */
  begin(of: SessionSubject, from: string, now: number): string {
    if (Math.abs(now - this.#cleanedAt) >= cleanUpMs) {
      this.#cleanedAt = now;
      this.#removeEnded(now);
    }
    for (const surplus of this.list(of, now).slice(maxSessions - 1)) this.endListed(surplus);
    const handle = Buffer.concat([Buffer.from(tagOf(of), 'hex'), randomBytes(16)]).toString('base64url');
    const key = randomBytes(32).toString('base64url');
    this.#write(handle, { keyHash: hashOf(key), previousKeyHash: null, keyAt: now, startedAt: now, usedAt: now, from, subject: of });
    return `${handle}.${key}`;
  }

  /** Undefined for a cookie without a session, and for a session that has ended. Notes the use. */
  find(cookie: string, now: number): FoundSession | undefined {
    const [, handle, key] = cookiePattern.exec(cookie) ?? [];
    if (handle === undefined || key === undefined) return undefined;
    const session = this.#read(handle);
    if (session === undefined) return undefined;
    if (hasExpired(session, now)) {
      this.end(handle);
      return undefined;
    }
    const { subject, startedAt } = session;
    const isCurrent = isHashOf(key, session.keyHash);
    const isPrevious = session.previousKeyHash !== null && now - session.keyAt < graceMs && isHashOf(key, session.previousKeyHash);
    if (!isCurrent && !isPrevious) return undefined;
    if (isCurrent && now - session.keyAt >= rotateMs) {
      const next = randomBytes(32).toString('base64url');
      this.#write(handle, { ...session, keyHash: hashOf(next), previousKeyHash: session.keyHash, keyAt: now, usedAt: now });
      return { handle, subject, startedAt, newCookie: `${handle}.${next}` };
    }
    if (now - session.usedAt >= noteUseMs) this.#write(handle, { ...session, usedAt: now });
    return { handle, subject, startedAt, newCookie: undefined };
  }

  /** Replaces what is known of the person. Does nothing for a session that has ended. */
  update(handle: string, of: SessionSubject): void {
    const session = this.#read(handle);
    if (session !== undefined) this.#write(handle, { ...session, subject: of });
  }

  end(handle: string): void {
    rmSync(this.#pathOf(handle), { force: true });
  }

  /** The open sessions of a person or token, the last begun first. */
  list(of: SessionSubject, now: number): OpenSession[] {
    const tag = tagOf(of);
    return this.#names()
      .flatMap((id) => {
        const session = id.startsWith(tag) ? this.#readFile(join(this.#folder, id)) : undefined;
        if (session === undefined || hasExpired(session, now) || !isSame(session.subject, of)) return [];
        const { startedAt, usedAt, from } = session;
        return [{ id, startedAt, usedAt, from }];
      })
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  /** The id of a session in `list`. */
  idOf(handle: string): string {
    return Buffer.from(handle, 'base64url').toString('hex', 0, tagLength / 2) + hashOf(handle).slice(tagLength);
  }

  endListed({ id }: OpenSession): void {
    rmSync(join(this.#folder, id), { force: true });
  }

  #removeEnded(now: number): void {
    for (const name of this.#names()) {
      const session = this.#readFile(join(this.#folder, name));
      if (session === undefined || hasExpired(session, now)) rmSync(join(this.#folder, name), { force: true });
    }
  }

  /** File names with a dot are being written by a server. */
  #names(): string[] {
    return readdirSync(this.#folder).filter((name) => !name.includes('.'));
  }

  #read(handle: string): SessionFile | undefined {
    return this.#readFile(this.#pathOf(handle));
  }

  #readFile(path: string): SessionFile | undefined {
    if (!existsSync(path)) return undefined;
    let sealed: string;
    try {
      sealed = readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const text = this.#seal.open(sealed);
    // The file of an earlier version may lack a field. Its person logs in again.
    return text === undefined ? undefined : sessionFile.safeParse(JSON.parse(text)).data;
  }

  /** Whole or not at all. */
  #write(handle: string, session: SessionFile): void {
    const path = this.#pathOf(handle);
    const part = `${path}.${randomBytes(4).toString('hex')}`;
    writeFileSync(part, this.#seal.close(JSON.stringify(session)), { mode: 0o600 });
    renameSync(part, path);
  }

  /** The name gives nobody who reads the folder a handle. */
  #pathOf(handle: string): string {
    return join(this.#folder, this.idOf(handle));
  }
}

function tagOf(of: SessionSubject): string {
  return hashOf(of.kind === 'token' ? `token ${of.id}` : `person ${of.sub}`).slice(0, tagLength);
}

function isSame(one: SessionSubject, other: SessionSubject): boolean {
  return one.kind === 'token' ? other.kind === 'token' && one.id === other.id : other.kind === 'person' && one.sub === other.sub;
}

function hasExpired({ startedAt, usedAt }: SessionFile, now: number): boolean {
  return now - startedAt >= absoluteMs || now - usedAt >= idleMs;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isHashOf(text: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex'));
}

/** The secret of a data folder, for servers without EXPOSURE_SESSION_SECRET. The first start makes it. */
export function readSessionSecret(dataFolder: string): string {
  const path = join(dataFolder, 'session.secret');
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ExposureError } from '../domain/errors.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { Identity } from './identity.ts';
import { reservedNames, roles } from './identity.ts';

const tokenDocument = z.object({
  name: z.string(),
  /** SHA-256 of the secret, hex. The secret has 256 random bits, so a slow hash would protect nothing more. */
  hash: z.string(),
  role: z.enum(roles),
  canExport: z.boolean(),
  /** Ids of labs. Absent in tokens of earlier versions. */
  labs: z.array(z.string()).nullable().default(null),
  /** The person whose token it is; null: a program's. Absent in tokens of earlier versions. */
  owner: z.string().nullable().default(null),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
type TokenDocument = z.infer<typeof tokenDocument>;

/** A token without its secret. Instants in epoch milliseconds. */
export type Token = Omit<TokenDocument, 'hash'>;

interface TokenIdentity {
  readonly identity: Identity;
  readonly expiresAt: number | null;
}

export interface NewToken {
  /** 1 to 100 printable characters. */
  readonly name: string;
  readonly role: Token['role'];
  readonly canExport: boolean;
  /** Ids of the labs to which it is bound; null: it sees everything. */
  readonly labs: readonly string[] | null;
  /** The person whose token it is: when the directory says that it left, the token is revoked. Absent: a program's. */
  readonly owner?: string | null | undefined;
  /** Null: it does not expire. */
  readonly expiresAt: number | null;
}

/** `exposure_`, the id of its document, `_`, the secret. The prefix lets scanners find a token that leaked. */
const tokenPattern = /^exposure_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
/** The first token has a fixed id, so that of servers that start at once over one store, one creates it. An id is no secret. */
const firstId = '0000000000000001';
export const firstTokenName = 'first-start';
const namePattern = /^[^\p{Cc}\p{Cf}\p{Cs}]{1,100}$/u;

type TokenStore = Pick<FactStore, 'listDocuments' | 'findDocument' | 'saveDocument'>;

/** API tokens, kept in the store. Every server sees a new or revoked token with the next request. */
export class Tokens {
  readonly #store: TokenStore;

  constructor(store: TokenStore) {
    this.#store = store;
  }

  /**
   * Creates a token. @returns its text, which cannot be read again
   * Throws BAD_USER_INPUT (name, expiry, a role above viewer for a bound token), CONFLICT (the name was used before, and records use it as the author's name).
   */
  async create({ name, role, canExport, labs, owner, expiresAt }: NewToken, now: number): Promise<string> {
    if (!namePattern.test(name) || name.trim() !== name || reservedNames.includes(name)) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The name ${JSON.stringify(name.slice(0, 80))} cannot be used. Expected 1 to 100 printable characters, and not ${reservedNames.map((one) => `"${one}"`).join(' or ')}.`,
      );
    }
    if (expiresAt !== null && expiresAt <= now) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The token would expire at ${new Date(expiresAt).toISOString()}, which is past. Name a later instant.`,
      );
    }
    if (labs !== null && (labs.length === 0 || role !== 'VIEWER')) {
      throw new ExposureError('BAD_USER_INPUT', 'A token that is bound to labs names at least one lab and has the role viewer.');
    }
    if ((await this.list()).some((token) => token.name === name)) {
      throw new ExposureError(
        'CONFLICT',
        `There is or was a token named "${name}". Choose another name, because records use it as the author's name.`,
      );
    }
    return this.#save(randomBytes(8).toString('hex'), { name, role, canExport, labs, owner, expiresAt }, now);
  }

  /**
   * Creates the token `first-start` of an administrator, in a store that never had a token. Undefined: the store has or had one, or another
   * server creates it at this moment.
   */
  async createFirst(now: number): Promise<string | undefined> {
    if ((await this.list()).length > 0) return undefined;
    try {
      return await this.#save(firstId, { name: firstTokenName, role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, now);
    } catch (error) {
      if (error instanceof ExposureError && error.code === 'CONFLICT') return undefined;
      throw error;
    }
  }

  /** Throws CONFLICT if there is a token with this id. */
  async #save(id: string, { labs, owner = null, ...token }: NewToken, now: number): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const document: TokenDocument = {
      ...token,
      hash: hashOf(secret).toString('hex'),
      labs: labs === null ? null : [...labs],
      owner,
      createdAt: now,
      revokedAt: null,
    };
    await this.#store.saveDocument('token', id, JSON.stringify(document), 0);
    return `exposure_${id}_${secret}`;
  }

  /** All tokens, the oldest first, even revoked and expired ones. */
  async list(): Promise<Token[]> {
    const documents = await this.#store.listDocuments('token');
    return documents
      .map(({ json }) => withoutHash(tokenDocument.parse(JSON.parse(json))))
      .sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1));
  }

  /** Revokes a token. False if it was already revoked. Throws NOT_FOUND. */
  async revoke(name: string, now: number): Promise<boolean> {
    for (const { id, json, version } of await this.#store.listDocuments('token')) {
      const document = tokenDocument.parse(JSON.parse(json));
      if (document.name !== name) continue;
      if (document.revokedAt !== null) return false;
      await this.#store.saveDocument('token', id, JSON.stringify({ ...document, revokedAt: now } satisfies TokenDocument), version);
      return true;
    }
    throw new ExposureError('NOT_FOUND', `There is no token named "${name.slice(0, 80)}". List the tokens to see which there are.`);
  }

  /** The identity of a token. Undefined for a text that is not a token, and for a token that is unknown, expired or revoked. */
  async identify(text: string, now: number): Promise<Identity | undefined> {
    return (await this.identifyWithEnd(text, now))?.identity;
  }

  /** As `identify`, with the instant at which the token expires; null: never. */
  async identifyWithEnd(text: string, now: number): Promise<TokenIdentity | undefined> {
    const [, id, secret] = tokenPattern.exec(text) ?? [];
    if (id === undefined || secret === undefined) return undefined;
    return this.#identify(id, now, (hash) => timingSafeEqual(hashOf(secret), Buffer.from(hash, 'hex')));
  }

  /** The identity of a token that was checked before, by `idOf`. Undefined if it is unknown, expired or revoked by now. */
  async identifyById(id: string, now: number): Promise<Identity | undefined> {
    return (await this.#identify(id, now, () => true))?.identity;
  }

  /** The id in the text of a token, which is no secret. Undefined for a text that is not a token. */
  idOf(text: string): string | undefined {
    return tokenPattern.exec(text)?.[1];
  }

  async #identify(id: string, now: number, isRight: (hash: string) => boolean): Promise<TokenIdentity | undefined> {
    const found = await this.#store.findDocument('token', id);
    if (found === undefined) return undefined;
    const { name, hash, role, canExport, labs, expiresAt, revokedAt } = tokenDocument.parse(JSON.parse(found.json));
    if (!isRight(hash) || revokedAt !== null || (expiresAt !== null && expiresAt <= now)) return undefined;
    return { identity: { name, role, canExport, labs }, expiresAt };
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function withoutHash({ hash: _, ...token }: TokenDocument): Token {
  return token;
}

import { ExposureError } from '../domain/errors.ts';
import type { Directory } from './directory.ts';
import type { Identity } from './identity.ts';
import type { GroupRights, OpenId } from './open-id.ts';
import { identifyPerson } from './open-id.ts';
import type { Person, Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';

const minute = 60_000;
/** The interval between two confirmations of a person by the provider. */
const confirmMs = 4 * minute;
/** Without a confirmation by the provider, the requests of a session are accepted for this long at most. */
const unconfirmedMs = 5 * minute;

/** The provider, and what its groups may do. */
export interface Provider {
  readonly openId: OpenId;
  readonly rights: GroupRights;
  /** The provider's people and groups; null: it does not keep them here, and what it says at the log-in counts. */
  readonly directory: Directory | null;
}

/**
 * Finds the rights that a person has here by its groups. Undefined for a person in none that may use this server, and for one whom the
 * directory does not list as active. Throws STORE_UNAVAILABLE.
 */
export async function findIdentity(
  { sub, name, groups }: Pick<Person, 'sub' | 'name' | 'groups'>,
  { rights, directory }: Pick<Provider, 'rights' | 'directory'>,
): Promise<Identity | undefined> {
  if (directory === null) return identifyPerson(name, groups, rights);
  const standing = await directory.find({ sub, name });
  return standing?.isActive ? identifyPerson(name, standing.groups ?? groups, rights) : undefined;
}

interface SessionIdentity {
  readonly identity: Identity;
  /** See FoundSession. */
  readonly newCookie: string | undefined;
}

/** The identities behind sessions. A session ends when its token is revoked or when the provider no longer confirms its person. */
export class SessionIdentities {
  readonly #sessions: Sessions;
  readonly #tokens: Tokens;
  readonly #provider: Provider | null;
  /** Concurrent requests of one session share one confirmation, because each confirmation replaces the refresh token. */
  readonly #confirming = new Map<string, Promise<Person>>();

  constructor(sessions: Sessions, tokens: Tokens, provider: Provider | null) {
    this.#sessions = sessions;
    this.#tokens = tokens;
    this.#provider = provider;
  }

  /** Undefined: the session has ended. Throws STORE_UNAVAILABLE: neither store nor provider can be asked. */
  async identify(cookie: string, now: number): Promise<SessionIdentity | undefined> {
    const found = this.#sessions.find(cookie, now);
    if (found === undefined) return undefined;
    const { handle, subject, newCookie } = found;
    const identity =
      subject.kind === 'token' ? await this.#tokens.identifyById(subject.id, now) : await this.#identifyPerson(handle, subject, now);
    if (identity !== undefined) return { identity, newCookie };
    this.#sessions.end(handle);
    return undefined;
  }

  async #identifyPerson(handle: string, person: Person, now: number): Promise<Identity | undefined> {
    if (this.#provider === null) return undefined;
    const { openId } = this.#provider;
    let known = person;
    const age = now - person.confirmedAt;
    if (age >= confirmMs) {
      try {
        known = await this.#confirm(handle, () => openId.confirm(person, now));
      } catch (error) {
        if (!(error instanceof ExposureError)) throw error;
        if (error.code === 'UNAUTHENTICATED') return undefined;
        if (age >= unconfirmedMs) throw error;
      }
    }
    // Records use the name as the author's, so another name needs another log-in, which checks that nobody else has it.
    if (known.name !== person.name) return undefined;
    return findIdentity(known, this.#provider);
  }

  #confirm(handle: string, ask: () => Promise<Person>): Promise<Person> {
    let confirming = this.#confirming.get(handle);
    if (confirming === undefined) {
      confirming = ask()
        .then((person) => {
          this.#sessions.update(handle, person);
          return person;
        })
        .finally(() => this.#confirming.delete(handle));
      this.#confirming.set(handle, confirming);
    }
    return confirming;
  }
}

type Jose = typeof import('jose');

interface Loaded {
  readonly jose: Jose;
  readonly keys: ReturnType<Jose['createRemoteJWKSet']>;
}

/**
 * Checks access tokens of the identity provider that are made for this server: JSON Web Tokens (RFC 9068), signed with a key of the provider, for
 * the configured audience, with an end. Rights come from the token's groups and the provider's
 * directory, as in a log-in.
 */
export class AccessTokens {
  readonly #provider: Provider;
  readonly #audience: string;
  #loaded: Promise<Loaded> | undefined;

  constructor(provider: Provider, audience: string) {
    this.#provider = provider;
    this.#audience = audience;
  }

  /**
   * Undefined: forged, expired, for another audience or issuer, or of nobody with a right here.
   * Throws STORE_UNAVAILABLE if the provider's keys cannot be read.
   */
  async identify(token: string, now: number): Promise<Identity | undefined> {
    const person = await this.#verify(token, now);
    return person === undefined ? undefined : findIdentity(person, this.#provider);
  }

  async #verify(token: string, now: number): Promise<Pick<Person, 'sub' | 'name' | 'groups'> | undefined> {
    const { jose, keys } = await this.#load();
    const { openId } = this.#provider;
    try {
      const { payload } = await jose.jwtVerify(token, keys, {
        issuer: openId.issuer,
        audience: this.#audience,
        algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now),
      });
      return openId.describe(payload, payload.sub as string);
    } catch (error) {
      if (error instanceof jose.errors.JWKSTimeout || !(error instanceof jose.errors.JOSEError))
        throw new ExposureError('STORE_UNAVAILABLE', 'The identity provider cannot be reached. Try again in a moment.', { cause: error });
      return undefined;
    }
  }

  /** A failure is not kept. */
  #load(): Promise<Loaded> {
    this.#loaded ??= Promise.all([import('jose'), this.#provider.openId.readKeysAddress()]).then(
      ([jose, address]) => ({ jose, keys: jose.createRemoteJWKSet(address, { timeoutDuration: 5000 }) }),
      (error) => {
        this.#loaded = undefined;
        throw error;
      },
    );
    return this.#loaded;
  }
}

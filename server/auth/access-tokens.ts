import { ExposureError } from '../domain/errors.ts';
import type { Identity } from './identity.ts';
import type { Provider } from './session-identities.ts';
import { findIdentity } from './session-identities.ts';
import type { Person } from './sessions.ts';

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

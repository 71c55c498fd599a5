import * as oidc from 'openid-client';
import { z } from 'zod';
import { readJsonFile } from '../configuration/read-json-file.ts';
import { ExposureError } from '../domain/errors.ts';
import type { Identity, Role } from './identity.ts';
import { roles } from './identity.ts';
import type { Person } from './sessions.ts';
import { Seal } from './sessions.ts';

const right = z
  .strictObject({
    role: z.enum(roles.map((role) => role.toLowerCase()) as [Lowercase<Role>, ...Lowercase<Role>[]]),
    export: z.boolean().default(false),
    labs: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine(({ role, labs }) => labs === undefined || role === 'viewer', {
    message: 'names labs, so its role must be viewer',
    path: ['role'],
  });

const groupsFile = z.strictObject({
  /** The claim that lists a person's groups. */
  claim: z.string().min(1).default('groups'),
  /** The claim that names a person. */
  name: z.string().min(1).default('email'),
  scope: z.string().min(1).default('openid profile email'),
  groups: z.record(z.string(), right),
});

/** The rights that the groups of a provider give here. */
export type GroupRights = z.infer<typeof groupsFile>;

const expected =
  'expected a JSON file such as {"groups": {"security": {"role": "analyst", "export": true}, "lab-a": {"role": "viewer", "labs": ["lab-a"]}}}';

/** Reads the file that EXPOSURE_OIDC_GROUPS names. Throws BAD_CONFIGURATION with the file, the place in it and what was expected. */
export function readGroupRights(path: string): GroupRights {
  return readJsonFile('EXPOSURE_OIDC_GROUPS', path, groupsFile, expected);
}

/**
 * The rights of a person, which are those of all its groups together: the strongest role, and export if any group has it. A person is bound
 * to labs only if each of its groups is.
 *
 * @returns undefined for a person in none of the groups
 */
export function identifyPerson(name: string, groups: readonly string[], { groups: known }: GroupRights): Identity | undefined {
  const rights = [...new Set(groups)].flatMap((group) =>
    Object.hasOwn(known, group) ? [known[group] as GroupRights['groups'][string]] : [],
  );
  if (rights.length === 0) return undefined;
  const role = roles.findLast((each) => rights.some((one) => one.role.toUpperCase() === each)) as Role;
  const isBound = rights.every(({ labs }) => labs !== undefined);
  const labs = isBound ? [...new Set(rights.flatMap((one) => one.labs ?? []))].sort() : null;
  return { name, role, canExport: rights.some((one) => one.export), labs };
}

interface GrantedTokens {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  claims(): oidc.IDToken | undefined;
}

export interface OpenIdOptions {
  /** EXPOSURE_OIDC_ISSUER: https, or http on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** `https://exposure.example.org/auth/callback`. */
  readonly callbackUrl: string;
  readonly rights: GroupRights;
  /** EXPOSURE_SESSION_SECRET. */
  readonly secret: string;
}

/** The state of a log-in, sealed in a cookie of the browser while the person is at the provider. */
const attempt = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string(), at: z.number() });

/** A log-in at the provider must end within this time. */
export const attemptMs = 10 * 60_000;
/** Seconds for one answer of the provider. */
const providerTimeoutS = 5;

/**
 * Logs people in at an OpenID Connect provider: code flow with PKCE, state and nonce. Signatures are checked with the provider's current
 * keys, which are read again when it signs with a new one.
 */
export class OpenId {
  readonly #options: OpenIdOptions;
  readonly #seal: Seal;
  #discovered: Promise<oidc.Configuration> | undefined;

  constructor(options: OpenIdOptions) {
    this.#options = options;
    this.#seal = new Seal(options.secret, 'log-in');
  }

  /**
   * @param to where to go afterwards, a path of this server
   * @param isAgain the provider asks for the password, even if it knows the browser
   * Throws STORE_UNAVAILABLE if the provider cannot be reached.
   */
  async begin(to: string, isAgain: boolean, now: number): Promise<{ readonly address: string; readonly cookie: string }> {
    const configuration = await this.#discover();
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#options.callbackUrl,
      scope: this.#options.rights.scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(isAgain && { prompt: 'login' }),
    });
    return { address: address.href, cookie: this.#seal.close(JSON.stringify({ state, nonce, verifier, to, at: now })) };
  }

  /**
   * Ends a log-in with the provider's answer.
   *
   * @param query of the callback, with its `?`
   * @param cookie from `begin`
   * Throws UNAUTHENTICATED: the answer does not belong to this browser's log-in, is late, forged or a refusal.
   */
  async finish(query: string, cookie: string | undefined, now: number): Promise<{ readonly person: Person; readonly to: string }> {
    const text = cookie === undefined ? undefined : this.#seal.open(cookie);
    const begun = text === undefined ? undefined : attempt.parse(JSON.parse(text));
    if (begun === undefined || now - begun.at > attemptMs)
      throw new ExposureError('UNAUTHENTICATED', 'This log-in was not begun in this browser, or took too long.');
    const configuration = await this.#discover();
    const tokens = await refusing('The identity provider did not confirm this log-in.', () =>
      oidc.authorizationCodeGrant(configuration, new URL(this.#options.callbackUrl + query), {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      }),
    );
    return { person: await this.#toPerson(configuration, tokens, tokens.claims()?.sub as string, null, now), to: begun.to };
  }

  /**
   * Asks the provider whether a person may still log in, and for its groups.
   * Throws UNAUTHENTICATED: no longer. Throws STORE_UNAVAILABLE: the provider cannot be reached.
   */
  async confirm(person: Person, now: number): Promise<Person> {
    const configuration = await this.#discover();
    const { sub, accessToken, refreshToken } = person;
    const tokens: GrantedTokens =
      refreshToken === null
        ? { access_token: accessToken, claims: () => undefined }
        : await refusing('The identity provider ended this log-in.', () => oidc.refreshTokenGrant(configuration, refreshToken));
    return this.#toPerson(configuration, tokens, sub, refreshToken, now);
  }

  /** The address of the provider's current keys. Throws STORE_UNAVAILABLE if the provider cannot be reached. */
  async readKeysAddress(): Promise<URL> {
    const { jwks_uri: address } = (await this.#discover()).serverMetadata();
    if (address === undefined) throw new ExposureError('STORE_UNAVAILABLE', 'The identity provider names no keys.');
    return new URL(address);
  }

  /** The person whom claims of the provider describe. */
  describe(claims: Readonly<Record<string, unknown>>, sub: string): Pick<Person, 'sub' | 'name' | 'groups'> {
    const { claim, name } = this.#options.rights;
    return { sub, name: nameOf(claims, name, sub), groups: groupsOf(claims, claim) };
  }

  get issuer(): string {
    return this.#options.issuer;
  }

  async #toPerson(
    configuration: oidc.Configuration,
    tokens: GrantedTokens,
    sub: string,
    earlierRefreshToken: string | null,
    now: number,
  ): Promise<Person> {
    const userInfo = await refusing('The identity provider ended this log-in.', () =>
      oidc.fetchUserInfo(configuration, tokens.access_token, sub),
    );
    const claims: Readonly<Record<string, unknown>> = { ...tokens.claims(), ...userInfo };
    const { claim, name } = this.#options.rights;
    return {
      kind: 'person',
      sub,
      name: nameOf(claims, name, sub),
      groups: groupsOf(claims, claim),
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? earlierRefreshToken,
      confirmedAt: now,
    };
  }

  /** Reads the provider's description once. A failure is not kept. */
  #discover(): Promise<oidc.Configuration> {
    this.#discovered ??= this.#readDescription().catch((error) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }

  async #readDescription(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const url = new URL(issuer);
    const authentication = clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    return refusing('The identity provider does not describe itself.', () =>
      oidc.discovery(url, clientId, undefined, authentication, {
        timeout: providerTimeoutS,
        execute: [...execute, oidc.enableNonRepudiationChecks],
      }),
    );
  }
}

function groupsOf(claims: Readonly<Record<string, unknown>>, claim: string): string[] {
  const groups = claims[claim];
  return Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [];
}

const maxNameLength = 100;

/** An unverified or missing address gives way to the provider's id. */
function nameOf(claims: Readonly<Record<string, unknown>>, claim: string, sub: string): string {
  const name = claims[claim];
  const isSure = typeof name === 'string' && name !== '' && (claim !== 'email' || claims.email_verified === true);
  return (isSure ? name : sub).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').slice(0, maxNameLength);
}

/** Translates failures of the provider. Its own words may hold secrets, so they stay in `cause`. */
async function refusing<T>(sentence: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isRefusal(error)) throw new ExposureError('UNAUTHENTICATED', sentence, { cause: error });
    throw new ExposureError('STORE_UNAVAILABLE', 'The identity provider cannot be reached. Try again in a moment.', { cause: error });
  }
}

/** Whether the provider, or a check of its answer, refused. Any other error is a failure of the connection. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true;
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError)
    return error.status < 500 && error.status !== 429;
  // Without a code, the network failed.
  if (!(error instanceof oidc.ClientError) || error.code === undefined) return false;
  return !['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code);
}

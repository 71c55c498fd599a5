import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';

export interface Account {
  readonly groups: readonly string[];
  readonly email?: string;
  readonly isEmailVerified?: boolean;
  /** A disabled account can neither log in nor refresh. */
  readonly isDisabled?: boolean;
}

export const clientId = 'exposure';
export const clientSecret = 'a secret of the client';

/** A real OpenID Connect provider on a free port of this machine. */
export class IdentityProvider {
  readonly accounts = new Map<string, Account>();
  #provider: typeof Provider | undefined;
  #server: Server | undefined;
  #handle: ((...args: Parameters<ReturnType<Provider['callback']>>) => void) | undefined;
  #port = 0;
  #redirectUri = '';

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    this.#provider ??= (await quietly(() => import('oidc-provider'))).default;
    this.#server = createServer((request, response) => this.#handle?.(request, response));
    await new Promise<void>((listening) => this.#server?.listen(this.#port, '127.0.0.1', listening));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Registers the client, and signs with a new key from now on. Sessions of earlier keys are forgotten. */
  async useNewKey(redirectUri = this.#redirectUri): Promise<void> {
    const { issuer, accounts } = this;
    const OpenIdProvider = this.#provider;
    if (OpenIdProvider === undefined) throw new Error('Start it first.');
    this.#redirectUri = redirectUri;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { ...privateKey.export({ format: 'jwk' }), kid: `key-${Math.random()}`, use: 'sig', alg: 'RS256' };
    const configuration = {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['a key of the cookies'] },
      claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
      pkce: { required: () => true },
      ttl: {
        AccessToken: 3600,
        AuthorizationCode: 60,
        IdToken: 3600,
        RefreshToken: 86_400,
        Grant: 86_400,
        Interaction: 600,
        Session: 86_400,
      },
      issueRefreshToken: async () => true,
      features: { devInteractions: { enabled: true } },
      findAccount: async (_context: unknown, id: string) => {
        const account = accounts.get(id);
        if (account === undefined || account.isDisabled) return undefined;
        const { groups, email = `${id}@example.org`, isEmailVerified = true } = account;
        return { accountId: id, claims: async () => ({ sub: id, groups, email, email_verified: isEmailVerified }) };
      },
    };
    this.#handle = (await quietly(async () => new OpenIdProvider(issuer, configuration))).callback();
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((closed) => this.#server?.close(closed));
    this.#server = undefined;
  }
}

/** The provider warns that it is not set up for production. */
async function quietly<T>(act: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await act();
  } finally {
    console.warn = warn;
  }
}

/** A browser without a screen: it keeps cookies by host, follows redirects and fills in the provider's two forms. */
export class PlainBrowser {
  readonly cookies = new Map<string, Map<string, string>>();

  async fetch(address: string, options: RequestInit = {}): Promise<Response> {
    const host = new URL(address).host;
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      ...options,
      redirect: 'manual',
      headers: { accept: 'text/html', ...options.headers, ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = (line.split(';')[0] as string).split('=') as [string, string];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Logs in as an account, up to the answer of the server's callback. */
  async logIn(login: string, account: string): Promise<Response> {
    return this.follow(await this.fetch(login), login, account);
  }

  async follow(first: Response, from: string, account: string): Promise<Response> {
    let [response, address] = [first, from];
    for (let i = 0; i < 12; i++) {
      const location = response.headers.get('location');
      if (location !== null) {
        address = new URL(location, address).href;
        response = await this.fetch(address);
        if (new URL(address).pathname === '/auth/callback') return response;
        continue;
      }
      const form = /name="prompt" value="(login|consent)"/.exec(await response.text())?.[1];
      if (form === undefined) return response;
      const body = new URLSearchParams({ prompt: form, ...(form === 'login' && { login: account, password: 'any' }) });
      response = await this.fetch(address, { method: 'POST', body });
    }
    throw new Error(`The log-in does not end; it stands at ${address}.`);
  }
}

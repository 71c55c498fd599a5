import { didYouMean } from 'graphql/jsutils/didYouMean.js';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { z } from 'zod';
import { ExposureError } from '../domain/errors.ts';
import { redactSecrets } from '../domain/text/secrets.ts';
import type { DraftLimits } from '../import/drafts/draft-quota.ts';
import type { StatedTargets } from '../webhooks/target-rules.ts';
import { isHostRule, isNetwork } from '../webhooks/target-rules.ts';

/** The configuration of one process; frozen. */
export interface Config {
  /** `sqlite:PATH` or `neo4j://HOST:PORT/DATABASE`, never with a password. */
  readonly store: string;
  /** Null: the database needs no login, or there is no database server. */
  readonly storeCredentials: { readonly username: string; readonly password: string } | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The address that people type, behind a proxy or a container. */
  readonly publicUrl: string | null;
  /** Number of proxies in front that are trusted to report the client's address; 0: none. */
  readonly trustedProxies: number;
  /** Every request needs a token. False: everybody who reaches the server may do everything. */
  readonly isAuthRequired: boolean;
  /** Log-in of people at an OpenID Connect provider; null: people paste API tokens. */
  readonly openId: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string | null;
    /** The file that says what the provider's groups may do. */
    readonly groupsFile: string;
  } | null;
  /** The token with which the provider keeps people and groups here (SCIM); null: it does not. */
  readonly scimToken: string | null;
  /** Seals sessions. Null: a secret of the data folder. */
  readonly sessionSecret: string | null;
  /** Signs the audit trail and its head. Null: the trail shows accidents, and no forgery. */
  readonly auditKey: string | null;
  /** The file of the trail's head; null: beside the trail. */
  readonly auditHead: string | null;
  /** The folder that holds the files of import drafts, the sessions and the audit trail. */
  readonly dataFolder: string;
  /** The most bytes that uploads may hold before they are committed. */
  readonly draftLimits: DraftLimits;
  /** A file with the control policy; null: the built-in policy. */
  readonly policyFile: string | null;
  /** The folder whose CSV files add to the import's vocabulary; null: none. */
  readonly vocabularyFolder: string | null;
  /** `whole`: all facts are in memory. `local`: each question reads only the facts it needs. */
  readonly projection: 'whole' | 'local';
  readonly queryTimeoutMs: number;
  /** With `local`: the limit of a question that reads all parts of the facts. */
  readonly streamTimeoutMs: number;
  readonly hasIntrospection: boolean;
  /** The MCP server for assistants (docs/assistants.md). */
  readonly mcp: McpConfig;
  /** Where webhooks may go (docs/webhooks.md); nowhere by default. */
  readonly webhooks: StatedTargets;
  /** The API token with which `exposure mcp --url` asks another server; null: none. */
  readonly token: string | null;
  readonly logLevel: string;
  /** Load the demo world into a store without any write. */
  readonly isDemoWanted: boolean;
}

export interface McpConfig {
  /** Whether assistants may add notes to incidents and draft incidents. */
  readonly hasWrites: boolean;
  /** The most bytes of one result. */
  readonly budget: number;
  /** The audience of the provider's access tokens that are accepted; null: only API tokens are. */
  readonly audience: string | null;
}

/** Flags of the command line override the environment. */
export interface ConfigFlags {
  readonly store?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly demo?: boolean | undefined;
}

const mb = 1024 ** 2;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Neither form may contain a user or password, because the URL is shown. */
const storeUrl = /^(sqlite:.+|(neo4j|bolt)(\+s|\+ssc)?:\/\/[^\s/?#@]+(\/[^\s/?#@]*)?)$/s;

/** Each variable with its schema, and the expected value in words. */
const variables = {
  EXPOSURE_STORE: {
    schema: z.string().regex(storeUrl).default('sqlite:./data/exposure.db'),
    expected:
      'sqlite: and the path of a file, such as sqlite:./data/exposure.db, or neo4j://host:7687/database (set user and password in NEO4J_USERNAME and NEO4J_PASSWORD)',
  },
  NEO4J_USERNAME: { schema: z.string().optional(), expected: 'a user of the database' },
  NEO4J_PASSWORD: { schema: z.string().optional(), expected: 'the password of that user' },
  EXPOSURE_HOST: { schema: z.string().min(1).default('127.0.0.1'), expected: 'a host name or address, such as 127.0.0.1' },
  EXPOSURE_PORT: { schema: wholeNumber(0, 65_535).default(4000), expected: 'a whole number from 0 (any free port) to 65535' },
  EXPOSURE_PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    expected: 'an http or https address, such as https://exposure.example.org',
  },
  EXPOSURE_TRUST_PROXY: {
    schema: wholeNumber(0, 10).default(0),
    expected: 'the number of proxies in front of the server, a whole number from 0 to 10',
  },
  EXPOSURE_AUTH: { schema: z.enum(['none', 'required']).optional(), expected: 'none or required' },
  EXPOSURE_OIDC_ISSUER: {
    schema: z
      .url({ protocol: /^https?$/ })
      .refine((url) => url.startsWith('https:') || (URL.canParse(url) && isLoopback(new URL(url).hostname)))
      .optional(),
    expected: 'the https address of an OpenID Connect provider, such as https://login.example.org',
  },
  EXPOSURE_OIDC_CLIENT_ID: { schema: z.string().min(1).optional(), expected: 'the id of this program at the provider' },
  EXPOSURE_OIDC_CLIENT_SECRET: { schema: z.string().min(1).optional(), expected: 'the secret of that client', isSecret: true },
  EXPOSURE_OIDC_GROUPS: { schema: z.string().min(1).optional(), expected: 'a JSON file that says what the groups may do' },
  EXPOSURE_SCIM_TOKEN: {
    schema: z
      .string()
      .min(16)
      .regex(/^[!-~]+$/)
      .optional(),
    expected: 'a secret of 16 printable characters or more, without spaces',
    isSecret: true,
  },
  EXPOSURE_SESSION_SECRET: { schema: z.string().min(16).optional(), expected: 'a secret of 16 characters or more', isSecret: true },
  EXPOSURE_AUDIT_KEY: { schema: z.string().min(16).optional(), expected: 'a secret of 16 characters or more', isSecret: true },
  EXPOSURE_AUDIT_HEAD: { schema: z.string().min(1).optional(), expected: 'a file outside EXPOSURE_DATA' },
  EXPOSURE_DATA: { schema: z.string().min(1).default('./data'), expected: 'a folder' },
  EXPOSURE_DRAFT_MB_EACH: {
    schema: wholeNumber(1, 100_000_000).default(10_240),
    expected: 'megabytes, a whole number from 1 to 100000000',
  },
  EXPOSURE_DRAFT_MB_IN_ALL: {
    schema: wholeNumber(1, 100_000_000).default(40_960),
    expected: 'megabytes, a whole number from 1 to 100000000',
  },
  EXPOSURE_POLICY: { schema: z.string().min(1).optional(), expected: 'a JSON file with the control policy' },
  EXPOSURE_VOCABULARY: { schema: z.string().min(1).optional(), expected: 'a folder of CSV files that add to the vocabulary of imports' },
  EXPOSURE_PROJECTION: {
    schema: z.enum(['whole', 'local']).default('whole'),
    expected: 'whole, or local',
  },
  EXPOSURE_QUERY_TIMEOUT_MS: {
    schema: wholeNumber(100, 600_000).default(10_000),
    expected: 'milliseconds, a whole number from 100 to 600000',
  },
  EXPOSURE_STREAM_TIMEOUT_MS: {
    schema: wholeNumber(1000, 86_400_000).default(1_800_000),
    expected: 'milliseconds, a whole number from 1000 to 86400000',
  },
  EXPOSURE_INTROSPECTION: {
    schema: z
      .enum(['true', 'false'])
      .default('true')
      .transform((text) => text === 'true'),
    expected: 'true or false',
  },
  EXPOSURE_WEBHOOK_HOSTS: {
    schema: listOf(isHostRule),
    expected: 'names of hosts such as hooks.example.org, or .example.org for all names under it, separated by commas',
  },
  EXPOSURE_WEBHOOK_NETWORKS: { schema: listOf(isNetwork), expected: 'CIDRs such as 10.20.0.0/16, separated by commas' },
  EXPOSURE_MCP_WRITES: { schema: z.enum(['notes']).optional(), expected: 'notes, or nothing: assistants then only read' },
  EXPOSURE_MCP_BUDGET: { schema: wholeNumber(8000, 1_000_000).default(24_000), expected: 'bytes, a whole number from 8000 to 1000000' },
  EXPOSURE_MCP_AUDIENCE: {
    schema: z.string().min(1).optional(),
    expected: 'the audience of access tokens, such as https://exposure.example.org/mcp',
  },
  EXPOSURE_TOKEN: { schema: z.string().min(1).optional(), expected: 'the API token for exposure mcp --url', isSecret: true },
  EXPOSURE_LOG: { schema: z.enum(logLevels).default('info'), expected: `one of ${logLevels.join(', ')}` },
} as const;

/** Texts separated by commas or blanks. Absent: none. */
function listOf(isRight: (text: string) => boolean) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
    .refine((texts) => texts.every(isRight));
}

function wholeNumber(from: number, to: number) {
  return z
    .union([
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
      z.number(),
    ])
    .pipe(z.number().int().min(from).max(to));
}

/**
 * Reads the environment and the flags into one value.
 *
 * Throws BAD_CONFIGURATION with one sentence for each wrong value: the variable, its value and the expected value.
 */
export function readConfig(flags: ConfigFlags = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, unknown> = {
    ...environment,
    ...(flags.store !== undefined && { EXPOSURE_STORE: flags.store }),
    ...(flags.host !== undefined && { EXPOSURE_HOST: flags.host }),
    ...(flags.port !== undefined && { EXPOSURE_PORT: flags.port }),
  };
  const problems = findUnknownNames(environment);
  const read = <K extends keyof typeof variables>(name: K): z.output<(typeof variables)[K]['schema']> => {
    const { schema, expected } = variables[name];
    const isSecret = 'isSecret' in variables[name];
    const value = given[name] === '' ? undefined : given[name];
    const result = schema.safeParse(value);
    if (!result.success) problems.push(`${name} is ${isSecret ? 'wrong' : `"${withoutSecrets(String(value))}"`}; expected ${expected}.`);
    return result.data as z.output<(typeof variables)[K]['schema']>;
  };
  const publicUrl = read('EXPOSURE_PUBLIC_URL') ?? null;
  const host = read('EXPOSURE_HOST');
  const auth = read('EXPOSURE_AUTH');
  const store = read('EXPOSURE_STORE');
  const openId = toOpenId(
    {
      EXPOSURE_OIDC_ISSUER: read('EXPOSURE_OIDC_ISSUER'),
      EXPOSURE_OIDC_CLIENT_ID: read('EXPOSURE_OIDC_CLIENT_ID'),
      EXPOSURE_OIDC_GROUPS: read('EXPOSURE_OIDC_GROUPS'),
      EXPOSURE_PUBLIC_URL: publicUrl ?? undefined,
    },
    read('EXPOSURE_OIDC_CLIENT_SECRET') ?? null,
    problems,
  );
  const config: Config = {
    store,
    storeCredentials: readCredentials(store, read('NEO4J_USERNAME'), read('NEO4J_PASSWORD'), problems),
    host,
    port: read('EXPOSURE_PORT'),
    publicUrl,
    isAuthRequired: auth === undefined ? !isLoopback(host) || openId !== null : auth === 'required',
    openId,
    scimToken: read('EXPOSURE_SCIM_TOKEN') ?? null,
    sessionSecret: read('EXPOSURE_SESSION_SECRET') ?? null,
    auditKey: read('EXPOSURE_AUDIT_KEY') ?? null,
    auditHead: read('EXPOSURE_AUDIT_HEAD') ?? null,
    trustedProxies: read('EXPOSURE_TRUST_PROXY'),
    dataFolder: read('EXPOSURE_DATA'),
    draftLimits: { bytesEach: read('EXPOSURE_DRAFT_MB_EACH') * mb, bytesInAll: read('EXPOSURE_DRAFT_MB_IN_ALL') * mb },
    policyFile: read('EXPOSURE_POLICY') ?? null,
    vocabularyFolder: read('EXPOSURE_VOCABULARY') ?? null,
    projection: read('EXPOSURE_PROJECTION'),
    queryTimeoutMs: read('EXPOSURE_QUERY_TIMEOUT_MS'),
    streamTimeoutMs: read('EXPOSURE_STREAM_TIMEOUT_MS'),
    hasIntrospection: read('EXPOSURE_INTROSPECTION'),
    mcp: {
      hasWrites: read('EXPOSURE_MCP_WRITES') === 'notes',
      budget: read('EXPOSURE_MCP_BUDGET'),
      audience: readAudience(read('EXPOSURE_MCP_AUDIENCE') ?? null, openId, problems),
    },
    webhooks: { hosts: read('EXPOSURE_WEBHOOK_HOSTS'), networks: read('EXPOSURE_WEBHOOK_NETWORKS') },
    token: read('EXPOSURE_TOKEN') ?? null,
    logLevel: read('EXPOSURE_LOG'),
    isDemoWanted: flags.demo ?? false,
  };
  if (auth === 'none' && openId !== null)
    problems.push('EXPOSURE_AUTH is "none" and EXPOSURE_OIDC_ISSUER is set; expected required, or no provider.');
  if (config.scimToken !== null && openId === null && problems.length === 0)
    problems.push('EXPOSURE_SCIM_TOKEN is set and EXPOSURE_OIDC_ISSUER is not; people whom a provider keeps here log in there.');
  if (problems.length === 0) problems.push(...findOpenDoors(host, auth));
  if (problems.length > 0) throw new ExposureError('BAD_CONFIGURATION', problems.join('\n'));
  return Object.freeze(config);
}

/** All or none of the variables of the provider. Each problem that `read` has reported leaves its variable undefined too. */
function toOpenId(
  given: Readonly<
    Record<'EXPOSURE_OIDC_ISSUER' | 'EXPOSURE_OIDC_CLIENT_ID' | 'EXPOSURE_OIDC_GROUPS' | 'EXPOSURE_PUBLIC_URL', string | undefined>
  >,
  clientSecret: string | null,
  problems: string[],
): Config['openId'] {
  const { EXPOSURE_OIDC_ISSUER: issuer, EXPOSURE_OIDC_CLIENT_ID: clientId, EXPOSURE_OIDC_GROUPS: groupsFile } = given;
  if (issuer === undefined && clientId === undefined && groupsFile === undefined) return null;
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  for (const [name] of missing)
    problems.push(`${name} is not set; log-in at an OpenID Connect provider needs ${Object.keys(given).join(', ')}.`);
  if (issuer === undefined || clientId === undefined || groupsFile === undefined) return null;
  return { issuer, clientId, clientSecret, groupsFile };
}

/** An ID token has the client as its audience, and lets nobody in here. */
function readAudience(audience: string | null, openId: Config['openId'], problems: string[]): string | null {
  if (audience === null) return null;
  if (openId === null)
    problems.push(
      'EXPOSURE_MCP_AUDIENCE is set and EXPOSURE_OIDC_ISSUER is not; expected both, because the provider signs the access tokens.',
    );
  else if (audience === openId.clientId)
    problems.push(
      `EXPOSURE_MCP_AUDIENCE is "${audience}", which is EXPOSURE_OIDC_CLIENT_ID; expected the audience of access tokens, such as https://exposure.example.org/mcp.`,
    );
  return audience;
}

/** A misspelled variable would silently leave its default in force. */
function findUnknownNames(environment: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(variables);
  return Object.keys(environment)
    .filter((name) => name.startsWith('EXPOSURE_') && !known.includes(name))
    .map((name) => `${name} is not a variable of this program.${didYouMean(suggestionList(name, known).slice(0, 1))}`);
}

function readCredentials(
  store: string | undefined,
  username: string | undefined,
  password: string | undefined,
  problems: string[],
): Config['storeCredentials'] {
  // Another program may need these variables, so they are not an error with SQLite.
  if (store === undefined || store.startsWith('sqlite:')) return null;
  if (username !== undefined && password !== undefined) return { username, password };
  if (username !== undefined || password !== undefined) {
    const [given, missing] = username === undefined ? ['NEO4J_PASSWORD', 'NEO4J_USERNAME'] : ['NEO4J_USERNAME', 'NEO4J_PASSWORD'];
    problems.push(`${given} is set and ${missing} is not; expected both, or neither if the database needs no login.`);
  }
  return null;
}

/** Hides the user and password of a URL, also where they break its form, so that a log or terminal never shows them. */
function withoutSecrets(text: string): string {
  return redactSecrets(text.replace(/\/\/.*@/s, '//…@'));
}

/** Without authentication, the server listens on a loopback address only, whatever EXPOSURE_PUBLIC_URL says: a `Host` header proves nothing. */
function findOpenDoors(host: string, auth: 'none' | 'required' | undefined): string[] {
  if (auth !== 'none' || isLoopback(host)) return [];
  return [
    `EXPOSURE_AUTH is "none" and EXPOSURE_HOST is "${host}"; expected required, or a loopback address such as 127.0.0.1: without authentication, ` +
      'whoever reaches the server may do everything. In a container, leave EXPOSURE_AUTH out: the first start prints a token.',
  ];
}

/** Whether a host name or address means this machine. An IPv6 address may have brackets. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

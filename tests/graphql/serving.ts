import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/configuration/config.ts';
import type { RunningServer } from '../../server/main.ts';
import { startServer } from '../../server/main.ts';
import { patientTimeoutMs } from '../support/patient-timeout.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** A real server on a free port, over a real store in a temporary folder. */
export class Serving {
  readonly folder: string;
  #server: RunningServer | undefined;

  constructor(folder = mkdtempSync(join(tmpdir(), 'exposure-graphql-'))) {
    this.folder = folder;
  }

  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      EXPOSURE_STORE: `sqlite:${join(this.folder, 'exposure.db')}`,
      EXPOSURE_DATA: join(this.folder, 'data'),
      EXPOSURE_PORT: '0',
      EXPOSURE_LOG: 'silent',
      EXPOSURE_QUERY_TIMEOUT_MS: patientTimeoutMs,
      ...more,
    };
  }

  async start(options: { readonly demo?: boolean; readonly environment?: NodeJS.ProcessEnv } = {}): Promise<this> {
    this.#server = await startServer(readConfig({ demo: options.demo ?? false }, this.environment(options.environment)));
    return this;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('The server was not started.');
    return this.#server.url;
  }

  /** See RunningServer. */
  get firstToken(): string | null {
    return this.#server?.firstToken ?? null;
  }

  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  /** The answer of a request that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async get(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined) throw new Error(`Unexpected errors: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The code of the only error. Throws if there is not exactly one. */
  async codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const { errors } = await this.ask(query, variables);
    if (errors?.length !== 1) throw new Error(`Expected one error: ${JSON.stringify(errors)}`);
    return errors[0]?.extensions.code as string;
  }

  async put(input: object): Promise<void> {
    const { putFacts } = await this.get('mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }', {
      input,
    });
    if (putFacts.userErrors.length > 0) throw new Error(JSON.stringify(putFacts.userErrors));
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async stopAndDelete(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const day = (text: string) => `${text}T00:00:00Z`;

/** Two labs, a vendor of both, its subcontractor, a tool, names that need quoting, and a lab without any facts about it. */
export const smallWorld = {
  organizations: [
    { id: 'lab-a', name: 'Älpha Lab', roles: ['LAB'], aliases: ['The First, Inc.'], attributes: [{ name: 'region', value: 'Nordland' }] },
    { id: 'lab-b', name: 'Beta Lab', roles: ['LAB'] },
    { id: 'lab-c', name: 'Gamma Lab', roles: ['LAB'] },
    { id: 'vendor', name: 'Vendor; one', roles: ['VENDOR'] },
    { id: 'sub', name: '@Sub', roles: ['SUBCONTRACTOR'] },
    { id: 'tool', name: 'Tool', roles: ['TOOL_PROVIDER'] },
  ],
  artifacts: [
    {
      id: 'guide',
      name: '=HYPERLINK("x"), "guide"',
      type: 'ANNOTATION_GUIDELINES',
      owner: 'lab-a',
      sensitivity: 5,
      valueLowUsd: 1000,
      valueHighUsd: 9000,
    },
    { id: 'taxonomy', name: "'=taxonomy", type: 'DATA_TAXONOMY', owner: 'lab-a', sensitivity: 3, valueHighUsd: 700, fragmentCount: 3 },
    { id: 'eval', name: 'Évaluation', type: 'EVALUATION_SUITE', owner: 'lab-b', sensitivity: 4, valueLowUsd: 10, valueHighUsd: 10 },
  ],
  engagements: [
    { id: 'e-1', client: 'lab-a', provider: 'vendor', startsAt: day('2025-01-01'), noticeHours: 72, auditRight: true },
    { id: 'e-2', client: 'vendor', provider: 'sub' },
    { id: 'e-3', client: 'lab-c', provider: 'sub' },
  ],
  transfers: [
    { id: 't-1', artifact: 'guide', sender: 'lab-a', recipient: 'vendor', sentAt: day('2025-02-01'), engagement: 'e-1', channel: 'sftp' },
    { id: 't-2', artifact: 'guide', sender: 'vendor', recipient: 'sub', sentAt: day('2025-03-01'), portion: 0.1 },
    { id: 't-3', artifact: 'eval', sender: 'lab-b', recipient: 'vendor', sentAt: day('2025-02-02'), form: 'ENCRYPTED_KEY_AT_OWNER' },
    { id: 't-4', artifact: 'taxonomy', sender: 'lab-a', recipient: 'vendor', fragments: ['one'], confidence: 0.3 },
  ],
  access: [{ id: 'a-1', grantee: 'tool', grantor: 'vendor', kind: 'SOFTWARE', likelihood: 0.3 }],
  reveals: [{ artifact: 'guide', reveals: 'taxonomy', degree: 0.3, basis: 'cites it' }],
  controls: [{ organization: 'vendor', control: 'MFA', evidenceType: 'QUESTIONNAIRE', issuer: 'tool' }],
};

export const summer2025 = { from: day('2025-06-01'), to: day('2025-06-30') };

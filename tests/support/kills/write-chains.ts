import { setTimeout as sleep } from 'node:timers/promises';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { backupCollections } from '../../../server/store/store-record.ts';
import { readAll } from '../../store/assertions-for-tests.ts';

/** The ways in of one server. */
export interface WayIn {
  readonly url: string;
  /** Runs the command line over the same store. */
  readonly runCommand: (...args: string[]) => Promise<void>;
}

/** One write, and what it must leave. */
interface Step {
  readonly name: string;
  readonly act: (way: WayIn) => Promise<void>;
  /** The facts are one transaction, and the record of who did it is the next (docs of `tickPlanStep`). */
  readonly isInTwo?: boolean;
}

/** Facts and records of one chain in a store, without times, revisions and random ids. */
export interface Trace {
  readonly facts: string;
  readonly records: string;
}

/**
 * Writes that build on one another, over facts and records of its own. Each carries `prefix` in its id or text, so that many
 * chains can run at once and each be looked at alone.
 */
export interface Chain {
  readonly kind: ChainKind;
  readonly prefix: string;
  readonly steps: readonly Step[];
  /** Steps that were acknowledged. */
  done: number;
  /** The next step was sent, and no answer came. */
  isInDoubt: boolean;
  /** The draft of an import whose upload was acknowledged. */
  draft?: string;
}

export const chainKinds = ['facts', 'import', 'incident', 'records', 'tokens'] as const;
export type ChainKind = (typeof chainKinds)[number];

/** Facts that every chain names. */
export const commonFacts = {
  organizations: [{ id: 'lab', name: 'Lab', roles: ['LAB'] }],
  artifacts: [
    { id: 'guide', name: 'Guide', type: 'PROMPT_SET', owner: 'lab', sensitivity: 4, valueHighUsd: 900 },
    { id: 'rubric', name: 'Rubric', type: 'PROMPT_SET', owner: 'lab', sensitivity: 2, valueHighUsd: 100 },
  ],
};

/** The server answered, and refused. Any other failure of a request means that no answer came. */
export class Refused extends Error {}

/** A server that asks for no token, or one with the token to send. */
export type Address = string | { readonly url: string; readonly token: string };

/** Sends one request to a path of a server. */
export function send(
  to: Address,
  path: string,
  { headers, ...more }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Response> {
  if (typeof to === 'string') return fetch(`${to}${path}`, { headers: headers ?? {}, ...more });
  return fetch(`${to.url}${path}`, { headers: { ...headers, authorization: `Bearer ${to.token}` }, ...more });
}

/** A mutation with `input`. Waits where the server asks for it. @returns its payload */
export async function change(url: Address, name: string, input: object, returned = ''): Promise<never> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`.replace(/^(Undo|Discard)ImportInput$/, 'ImportIdInput');
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${returned} userErrors { message } } }`;
  const payload = (await ask(url, query, { input }))[name] as never as { userErrors: unknown[] };
  if (payload.userErrors.length > 0) throw new Refused(`${name}: ${JSON.stringify(payload.userErrors)}`);
  return payload as never;
}

export async function ask(url: Address, query: string, variables: object): Promise<Record<string, never>> {
  const headers = { 'content-type': 'application/json' };
  const response = await send(url, '/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data?: Record<string, never>; errors?: unknown };
  if (response.status === 429) {
    await sleep(1000);
    return ask(url, query, variables);
  }
  if (errors !== undefined || data === undefined) throw new Refused(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

const day = (text: string) => `${text}T00:00:00Z`;
const vendor = (id: string, more: object = {}) => ({ id, name: id, roles: ['VENDOR'], ...more });
const importedRows = 50;

export function newChain(kind: ChainKind, prefix: string): Chain {
  const chain: Chain = { kind, prefix, steps: [], done: 0, isInDoubt: false };
  return Object.assign(chain, { steps: stepsOf[kind](prefix, chain) });
}

const step = (name: string, act: Step['act']): Step => ({ name, act });
/** A step of one mutation. */
const mutate = (name: string, input: object): Step => step(name, ({ url }) => change(url, name, input));

const stepsOf: Readonly<Record<ChainKind, (prefix: string, chain: Chain) => Step[]>> = {
  facts: (p) => [
    mutate('putFacts', {
      organizations: [vendor(`${p}-left`), vendor(`${p}-right`)],
      artifacts: [{ id: `${p}-a`, name: 'A', type: 'PROMPT_SET', owner: 'lab', sensitivity: 1 }],
      engagements: [{ id: `${p}-e`, client: 'lab', provider: `${p}-left` }],
      transfers: [{ id: `${p}-t`, artifact: `${p}-a`, sender: 'lab', recipient: `${p}-left` }],
      access: [{ id: `${p}-x`, grantee: `${p}-right`, grantor: `${p}-left`, kind: 'SOFTWARE', likelihood: 0.5 }],
      reveals: [{ artifact: `${p}-a`, reveals: 'guide', degree: 0.5 }],
      controls: [{ organization: `${p}-left`, control: 'MFA', evidenceType: 'QUESTIONNAIRE' }],
    }),
    mutate('putFacts', { organizations: [vendor(`${p}-left`, { country: 'NL' }), vendor(`${p}-right`, { country: 'NL' })] }),
    mutate('mergeOrganizations', { organization: `${p}-right`, into: `${p}-left` }),
    mutate('unmergeOrganizations', { organization: `${p}-right` }),
    mutate('retractFacts', {
      transfers: [`${p}-t`],
      access: [`${p}-x`],
      engagements: [`${p}-e`],
      reveals: [{ artifact: `${p}-a`, reveals: 'guide' }],
      controls: [{ organization: `${p}-left`, control: 'MFA' }],
      artifacts: [`${p}-a`],
      organizations: [`${p}-left`, `${p}-right`],
    }),
  ],
  import: (p, chain) => {
    const draftOf = () => chain.draft as string;
    return [
      step('commitImport', async ({ url }) => {
        chain.draft = await upload(url, p);
        await change(url, 'commitImport', { id: draftOf() });
        for (;;) {
          const { state, failure } = (await ask(url, 'query ($id: ID!) { import(id: $id) { state failure } }', { id: draftOf() }))
            .import as never as { state: string; failure: string | null };
          if (state === 'COMMITTED') return;
          if (state === 'FAILED') throw new Refused(`${failure}`);
          await sleep(10);
        }
      }),
      step('renameImport', ({ url }) => change(url, 'renameImport', { id: draftOf(), name: `${p} list` })),
      step('undoImport', ({ url }) => change(url, 'undoImport', { id: draftOf() })),
    ];
  },
  incident: (p) => {
    let incident = '';
    const on = (name: string, more: object) => step(name, ({ url }) => change(url, name, { incident, ...more }));
    const findStep = async (url: string) => {
      const { plan } = (await ask(url, 'query ($id: ID!) { incident(id: $id) { plan { id } } }', { id: incident })).incident as never as {
        plan: { id: string }[];
      };
      return plan.find(({ id }) => id.startsWith(`RECALL/${p}-v`))?.id;
    };
    return [
      mutate('putFacts', {
        organizations: [vendor(`${p}-v`)],
        transfers: ['guide', 'rubric'].map((artifact) => ({
          ...{ id: `${p}-${artifact}`, artifact, sender: 'lab', recipient: `${p}-v`, sentAt: day('2026-01-01') },
        })),
      }),
      step('saveIncident', async ({ url }) => {
        const window = { from: day('2026-02-01'), to: day('2026-03-01') };
        const input = { name: `${p} breach`, origins: [`${p}-v`], core: window, widest: window, discoveredAt: day('2026-03-02') };
        const saved = await change(url, 'saveIncident', input, 'incident { id }');
        incident = (saved as { incident: { id: string } }).incident.id;
      }),
      on('addIncidentNote', { text: `${p} is told` }),
      on('setAssessments', { artifacts: ['guide', 'rubric'], state: 'CONFIRMED', reason: 'log', evidence: 'log' }),
      on('setNotice', { lab: 'lab', state: 'TOLD', note: 'by telephone' }),
      step('tickPlanStep', async ({ url }) => change(url, 'tickPlanStep', { incident, step: await findStep(url), owner: 'ada' })),
      {
        ...step('tickPlanStep', async ({ url }) =>
          change(url, 'tickPlanStep', { incident, step: await findStep(url), doneAt: day('2026-04-01'), evidence: 'certificate' }),
        ),
        isInTwo: true,
      },
      step('saveIncident', ({ url }) => change(url, 'saveIncident', { id: incident, state: 'CLOSED' })),
      step('deleteIncident', ({ url }) => change(url, 'deleteIncident', { id: incident })),
    ];
  },
  records: (p) => {
    let [note, view] = ['', ''];
    return [
      step('saveNote', async ({ url }) => {
        const input = { on: { organization: 'lab' }, text: `${p} asked` };
        note = ((await change(url, 'saveNote', input, 'note { id }')) as { note: { id: string } }).note.id;
      }),
      step('saveNote', ({ url }) => change(url, 'saveNote', { id: note, on: { organization: 'lab' }, text: `${p} answered` })),
      step('saveView', async ({ url }) => {
        const input = { name: `${p} view`, url: '/quality' };
        view = ((await change(url, 'saveView', input, 'view { id }')) as { view: { id: string } }).view.id;
      }),
      mutate('putFacts', { artifacts: [{ id: `${p}-b`, name: 'B', type: 'PROMPT_SET', owner: 'lab', sensitivity: 1 }] }),
      mutate('acceptFinding', { finding: `NO_VALUE/${p}-b`, reason: `${p} is not priced` }),
      step('deleteNote', ({ url }) => change(url, 'deleteNote', { id: note })),
      step('deleteView', ({ url }) => change(url, 'deleteView', { id: view })),
    ];
  },
  tokens: (p) => [
    step('token create', ({ runCommand }) => runCommand('token', 'create', p, '--role', 'viewer')),
    step('token revoke', ({ runCommand }) => runCommand('token', 'revoke', p)),
  ],
};

/** @returns the draft's id, once its file was acknowledged */
async function upload(url: string, p: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${url}/api/imports`, { method: 'POST', headers, body: JSON.stringify({ source: p }) });
  if (!created.ok) throw new Refused(await created.text());
  const { id } = (await created.json()) as { id: string };
  const rows = Array.from({ length: importedRows }, (_, i) => `${p}-${i},${p} ${i},VENDOR\n`);
  const put = await fetch(`${url}/api/imports/${id}/files/organizations.csv`, { method: 'PUT', body: `id,name,roles\n${rows.join('')}` });
  if (!put.ok) throw new Refused(await put.text());
  await put.arrayBuffer();
  return id;
}

/** A store's facts of each chain, by prefix. A prefix is `c`, a number and `x`. */
export async function readTraces(store: FactStore): Promise<ReadonlyMap<string, Trace>> {
  const [facts, records] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (to: Map<string, string[]>, ...parts: unknown[]) => {
    const text = JSON.stringify(parts);
    const prefix = /c\d+x/.exec(text)?.[0];
    if (prefix === undefined) return;
    const list = to.get(prefix) ?? [];
    list.push(text.replaceAll(prefix, 'c').replace(random, '?'));
    to.set(prefix, list);
  };
  for (const each of [store, store.unmerged])
    for (const { kind, key, values } of await readAll(each)) add(facts, each === store, kind, key, values);
  for (const { state, source, created, updated } of await store.listImports()) add(facts, 'import', source, state, created, updated);
  // The answers that an import remembers for its source are not part of its write, and its draft tells how far it is.
  for (const collection of backupCollections.filter((name) => name !== 'mapping'))
    for (const { json, version, id } of await store.listDocuments(collection))
      add(records, collection, version, JSON.parse(json), collection === 'acceptance' ? id : '');
  const prefixes = new Set([...facts.keys(), ...records.keys()]);
  const sorted = (list: string[] | undefined) => (list ?? []).sort().join('\n');
  return new Map([...prefixes].map((prefix) => [prefix, { facts: sorted(facts.get(prefix)), records: sorted(records.get(prefix)) }]));
}

/** Times, ids and hashes, and revisions. */
const random = /\d{13}|[0-9a-f]{8}-[0-9a-f-]{27}|"(hash|sha256)":"[^"]+"|"revision":\d+/g;

const nothing: Trace = { facts: '', records: '' };

/** Runs a chain of each kind to its end. @returns what it leaves before its first step and after each step */
export async function readTracesOfWholeChains(way: WayIn, store: FactStore): Promise<ReadonlyMap<ChainKind, readonly Trace[]>> {
  const traces = new Map<ChainKind, Trace[]>();
  for (const [i, kind] of chainKinds.entries()) {
    const chain = newChain(kind, `c${i}x`);
    const after: Trace[] = [nothing];
    for (const { act } of chain.steps) {
      await act(way);
      after.push((await readTraces(store)).get(chain.prefix) ?? nothing);
    }
    traces.set(kind, after);
  }
  return traces;
}

/** Whether a chain left what its acknowledged steps leave, and a step in doubt wholly or not at all. */
export function isWhole(
  { kind, steps, done, isInDoubt }: Chain,
  seen: Trace = nothing,
  whole: ReadonlyMap<ChainKind, readonly Trace[]>,
): boolean {
  const expected = whole.get(kind) as readonly Trace[];
  const isSame = (one: Trace, other: Trace) => one.facts === other.facts && one.records === other.records;
  const [before, after] = [expected[done] as Trace, expected[done + 1]];
  if (isSame(seen, before)) return true;
  if (!isInDoubt || after === undefined) return false;
  return isSame(seen, after) || (steps[done]?.isInTwo === true && isSame(seen, { facts: after.facts, records: before.records }));
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import type { Revision } from './assistant.ts';

/*
 * The suite tests a server of fixtures: tools, prompts and resources with agreed names. Every scenario runs against ours, and what cannot pass is listed
 * with its reason. Each scenario also checks every message of ours against the protocol's schema.
 */

const noPrompts = 'The server declares no prompts.';
const noCompletion = 'The server declares no completions.';
const noFixtureTool = 'It calls a fixture tool, for content that our tools do not give: images, sound, files, progress, logs.';
const noFixtureResource = 'It reads a fixture resource. Our resources are read in tools.test.ts.';
const noBackChannel = 'It calls a fixture tool that asks the client. Our tools never do.';
const noSubscriptions = 'The server declares no subscriptions: nothing that it lists changes.';
const noLogging = 'The server declares no logging.';

type Failures = Readonly<Record<string, { readonly checks: readonly string[]; readonly reason: string }>>;
const same = (reason: string, names: readonly string[]): Failures =>
  Object.fromEntries(names.map((name) => [name, { checks: [name], reason }]));
const prompts = ['prompts-list', 'prompts-get-simple', 'prompts-get-with-args', 'prompts-get-embedded-resource', 'prompts-get-with-image'];
const content = ['simple-text', 'image', 'audio', 'embedded-resource', 'mixed-content', 'error', 'with-progress'].map(
  (kind) => `tools-call-${kind}`,
);
const both: Failures = {
  ...same(noPrompts, prompts),
  ...same(noCompletion, ['completion-complete']),
  ...same(noFixtureTool, content),
  ...same(noFixtureResource, ['resources-read-text', 'resources-read-binary', 'resources-templates-read']),
  'json-schema-2020-12': { checks: ['json-schema-2020-12-tool-found'], reason: noFixtureTool },
};
const inputRequired = (name: string, check: string): Failures => ({
  [`input-required-result-${name}`]: { checks: [`sep-2322-${check}`], reason: noBackChannel },
});

const expected: Readonly<Record<Revision, Failures>> = {
  '2025-11-25': {
    ...both,
    ...same(noLogging, ['logging-set-level', 'tools-call-with-logging']),
    ...same(noSubscriptions, ['resources-subscribe', 'resources-unsubscribe']),
    ...same(noBackChannel, ['tools-call-sampling', 'tools-call-elicitation']),
    'elicitation-sep1034-defaults': { checks: ['elicitation-sep1034-general'], reason: noBackChannel },
    'elicitation-sep1330-enums': { checks: ['elicitation-sep1330-general'], reason: noBackChannel },
  },
  '2026-07-28': {
    ...both,
    caching: { checks: ['sep-2549-prompts-list-caching-hints'], reason: noPrompts },
    'http-header-validation': {
      checks: ['sep-2243-server-accepts-whitespace-header-value'],
      reason: 'It calls the first tool without arguments. Ours needs some, so the answer is -32602, after the header was accepted.',
    },
    'http-custom-header-server-validation': {
      checks: ['decode-base64', 'no-xmcp-tool', 'reject-invalid-param-chars', 'reject-param-mismatch', 'validate-param-match'].map(
        (check) => `sep-2243-server-${check}`,
      ),
      reason: 'No tool of ours has arguments in headers.',
    },
    'server-stateless': {
      checks: [
        'sep-2575-http-server-no-independent-requests-on-stream',
        'sep-2575-missing-capability-http-400',
        'sep-2575-server-no-log-without-loglevel',
        'sep-2575-server-rejects-undeclared-capability',
        'sep-2575-server-sends-subscription-ack',
        'sep-2575-server-tags-subscription-id',
      ],
      reason: `${noBackChannel} ${noSubscriptions}`,
    },
    ...inputRequired('basic-elicitation', 'elicitation-incomplete'),
    ...inputRequired('basic-list-roots', 'list-roots-incomplete'),
    ...inputRequired('basic-sampling', 'sampling-incomplete'),
    ...inputRequired('capability-check', 'respect-client-capabilities'),
    ...inputRequired('multi-round', 'multi-round-r1'),
    ...inputRequired('multiple-input-requests', 'multiple-inputs-incomplete'),
    ...inputRequired('non-tool-request', 'non-tool-incomplete'),
    ...inputRequired('request-state', 'request-state-incomplete'),
    ...inputRequired('result-type', 'result-type-included'),
    ...inputRequired('tampered-state', 'reject-tampered-state'),
  },
};

/** Scenarios that we declare, and so must pass, all but the checks above. */
const declared: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [
    'server-initialize',
    'server-session-lifecycle',
    'ping',
    'tools-list',
    'resources-list',
    'dns-rebinding-protection',
    'server-sse-multiple-streams',
  ],
  '2026-07-28': [
    ...[
      'server-stateless',
      'tools-list',
      'resources-list',
      'sep-2164-resource-not-found',
      'dns-rebinding-protection',
      'caching',
      'http-header-validation',
    ],
    ...['server-sse-multiple-streams', 'input-required-result-unsupported-methods'],
  ],
};

const serving = new Serving();
const results = mkdtempSync(join(tmpdir(), 'exposure-conformance-'));
beforeAll(() => serving.start({ demo: true }));
afterAll(async () => {
  await serving.stopAndDelete();
  rmSync(results, { recursive: true, force: true });
});

async function run(revision: Revision): Promise<Map<string, { id: string; status: string }[]>> {
  const folder = join(results, revision);
  const args = ['server', '--url', `${serving.url}/mcp`, '--suite', 'all', '--spec-version', revision, '-o', folder, '--timeout', '120000'];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'conformance.mjs'), ...args], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return new Map(
    readdirSync(folder).map((name) => {
      const scenario = /^server-(.*)-\d{4}-\d\d-\d\dT/.exec(name)?.[1] as string;
      return [scenario, JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'))];
    }),
  );
}

describe('the conformance suite of the protocol', () => {
  for (const revision of ['2025-11-25', '2026-07-28'] as const) {
    it(`[G956] passes for all that the server declares, revision ${revision}; each other scenario has its reason`, async () => {
      const found = await run(revision);
      expect(declared[revision].filter((scenario) => !found.has(scenario))).toEqual([]);
      const failing = [...found].flatMap(([scenario, checks]) => {
        const ids = checks.filter(({ status }) => status === 'FAILURE').map(({ id }) => id);
        return ids.length === 0 ? [] : [[scenario, [...new Set(ids)].sort()] as const];
      });
      expect(Object.fromEntries(failing)).toEqual(
        Object.fromEntries(Object.entries(expected[revision]).map(([scenario, { checks }]) => [scenario, [...checks].sort()])),
      );
      const valid = [...found.values()].flat().filter(({ id }) => id === 'wire-schema-valid');
      expect(valid.length).toBeGreaterThan(20);
    });
  }
});

import { Serving } from '../../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { lookAlikes } from './look-alikes.ts';
import { separateReadings } from './separate-readings.ts';

const serving = new Serving();
beforeAll(() => serving.start());
afterAll(() => serving.stopAndDelete());

interface Question {
  readonly kind: string;
  readonly file: string | null;
  readonly index: number | null;
}

/** The value that follows a flag of the command line. */
function flagValue(flags: readonly string[], flag: string): string | undefined {
  const at = flags.indexOf(flag);
  return at < 0 ? undefined : flags[at + 1];
}

/** The filled cells of a list. */
type Cells = Readonly<Record<'read' | 'used' | 'keptAsText' | 'leftOut' | 'rejected', number>>;

/** The decision that answers a question, as the page sends it. */
function answerTo({ kind, file, index }: Question, flags: readonly string[]) {
  switch (kind) {
    case 'CLIENT':
      return {
        file,
        clientName: flagValue(flags, '--client'),
        clientRole: flagValue(flags, '--client-role') ?? 'LAB',
        createMissingOrganizations: true,
      };
    case 'CLIENT_ROLE':
      return { file, clientRole: flagValue(flags, '--client-role') };
    case 'CREATE_MISSING':
      return { file, createMissingOrganizations: true };
    case 'DATE_ORDER':
      return { file, dateOrder: 'MONTH_FIRST' };
    case 'REMARKS':
      return { file, remarks: 'TEXT' };
    case 'DATE_MEANING':
      return { file, columns: [{ index, use: 'ATTRIBUTE' }] };
    default:
      throw new Error(`No look-alike asks ${kind}.`);
  }
}

async function makeDraft(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const made = await fetch(`${serving.url}/api/imports`, { method: 'POST', headers, body: '{}' });
  const { id } = (await made.json()) as { id: string };
  for (const [name, content] of Object.entries(files)) {
    const sent = await fetch(`${serving.url}/api/imports/${id}/files/${encodeURIComponent(name)}`, {
      method: 'PUT',
      body: new Uint8Array(Buffer.from(content)),
    });
    expect(sent.status).toBe(200);
  }
  return id;
}

const mutate = (name: string, type: string) => `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { message } } }`;

async function order(name: string, type: string, input: object): Promise<void> {
  expect((await serving.get(mutate(name, type), { input }))[name]).toEqual({ userErrors: [] });
}

/** The import, as soon as it is in a state. */
async function waitFor(id: string, state: string) {
  const asked =
    '{ state failure questions { kind file index } report { rows rejected cells { read used keptAsText leftOut rejected notes { count } } } }';
  for (;;) {
    const answer = (await serving.get(`query($id: ID!) { import(id: $id) ${asked} }`, { id })).import;
    expect(answer.failure).toBeNull();
    if (answer.state === state) return answer as { questions: Question[]; report: { rows: number; rejected: number; cells: Cells } };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Match {
  readonly id: string;
  readonly target: string | null;
  readonly candidates: readonly { readonly grade: string }[];
}

async function readMatches(id: string): Promise<Match[]> {
  const matches: Match[] = [];
  const asked =
    '{ matches(first: 500, after: $after) { pageInfo { endCursor hasNextPage } edges { node { id target candidates { grade } } } } }';
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const answer = await serving.get(`query($id: ID!, $after: String) { import(id: $id) ${asked} }`, { id, after });
    const { edges, pageInfo } = answer.import.matches as {
      edges: { node: Match }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
    matches.push(...edges.map(({ node }) => node));
    after = pageInfo.endCursor;
    hasMore = pageInfo.hasNextPage;
  }
  return matches;
}

/** Answers every question as the page does, and accepts names that differ in spelling alone. @returns the number of answers */
async function answerAll(id: string, flags: readonly string[]): Promise<number> {
  for (let count = 0; ; count++) {
    const { questions } = await waitFor(id, 'DRAFT');
    const next = questions.find(({ kind }) => kind !== 'MATCHES');
    if (next !== undefined) {
      await order('mapImportFile', 'MapImportFileInput', { import: id, ...answerTo(next, flags) });
      continue;
    }
    if (questions.length === 0) return count;
    const decisions = (await readMatches(id))
      .filter(({ target, candidates }) => target !== null && candidates[0]?.grade === 'SAME')
      .map(({ id: match, target }) => ({ match, decision: 'ALIAS', target }));
    await order('decideMatches', 'DecideMatchesInput', { import: id, decisions });
    count--;
  }
}

/** Chromium imports them all over this API (e2e/look-alikes). Here, the city's 7,000 suppliers would take as long as all others. */
const shortLists = lookAlikes.filter(({ file }) => file !== 'city suppliers.csv');

describe('a realistic list, over the API of the page', () => {
  it.each(shortLists.map((one) => [one.title, one] as const))(
    '[I8] [I722] %s is imported with at most three answers besides merges, and undone',
    async (_, { file, content, others, flags, questions }) => {
      const expected = separateReadings[file]?.(content, others);
      const id = await makeDraft({ [file]: content, ...others });
      expect(await answerAll(id, flags)).toBe(questions.length);
      await order('commitImport', 'CommitImportInput', { id });
      const { report } = await waitFor(id, 'COMMITTED');
      expect(report).toMatchObject({ rows: expected?.rows, rejected: 0 });
      const { read, used, keptAsText, leftOut, rejected } = report.cells;
      expect([used + keptAsText + leftOut, rejected]).toEqual([read, 0]);
      const { counts } = await serving.get('{ counts { organizations engagements controls } }');
      const { organizations, engagements, controls } = expected ?? {};
      expect(counts).toEqual({ organizations, engagements, controls });
      await order('undoImport', 'ImportIdInput', { id });
      await waitFor(id, 'UNDONE');
    },
  );
});

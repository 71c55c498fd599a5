import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { runExposure } from '../cli/run-exposure.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const window = '{ from: "2025-02-01T00:00:00Z", to: "2025-02-02T00:00:00Z" }';
const radius = (rest: string) => `blastRadius(input: { origins: ["new", "other"], core: ${window} }) { ${rest} }`;
const whatIf = (action: string) =>
  `whatIf(input: { origins: ["new"], core: ${window} }, actions: [${action}]) { scenario { summary { weightedLossUsd } artifacts { totalCount } reached { totalCount } } }`;
const at = 'at: "2025-01-15T00:00:00Z"';
const ids = (list: string) => `${list} { edges { node { id } } }`;
const nodes = 'nodes { key } links { key }';

/** Every argument that takes the id of an organization: a question with VENDOR, LAB or CERTIFIER in the place of the id. */
const questions: Readonly<Record<string, string | readonly string[]>> = {
  'BlastRadiusInput.origins': `blastRadius(input: { origins: ["VENDOR"], core: ${window} }) { summary { exposedCount } }`,
  'ScopeInput.origin': `blastRadius(input: { origins: ["VENDOR"], core: ${window}, scope: [{ origin: "VENDOR", artifacts: ["guide"] }] }) { summary { exposedCount possibleCount } }`,
  'BlastRadius.artifacts(owners:)': radius('artifacts(owners: ["LAB"]) { totalCount }'),
  'BlastRadius.artifacts(holders:)': radius('artifacts(holders: ["VENDOR"]) { totalCount }'),
  'BlastRadius.holderTimeline(holders:)': radius('holderTimeline(holders: ["VENDOR"]) { totalCount }'),
  'BlastRadius.holderTimeline(owners:)': radius('holderTimeline(owners: ["LAB"]) { totalCount edges { node { definiteCounts } } }'),
  'BlastRadius.partners(holder:)': `blastRadius(input: { origins: ["VENDOR"], core: ${window} }) { partners(holder: "VENDOR") { totalCount } }`,
  'BlastRadius.sums(owners:)': radius('sums(by: TYPE, owners: ["LAB"]) { key exposedCount }'),
  'BlastRadius.sums(holders:)': radius('sums(by: TYPE, holders: ["VENDOR"]) { key exposedCount }'),
  'BlastRadius.totals(owners:)': radius('totals(owners: ["LAB"]) { exposedCount }'),
  'BlastRadius.totals(holders:)': radius('totals(holders: ["VENDOR"]) { exposedCount }'),
  'BlastRadius.flows(owners:)': radius('flows(owners: ["LAB"]) { lab { id } worstCaseLossUsd }'),
  'BlastRadius.flows(holders:)': radius('flows(holders: ["VENDOR"]) { lab { id } worstCaseLossUsd }'),
  'BlastRadius.labTiers(owners:)': radius('labTiers(owners: ["LAB"]) { artifactCount }'),
  'BlastRadius.labTiers(holders:)': radius('labTiers(holders: ["VENDOR"]) { artifactCount }'),
  'RevokeAllAccessInput.organization': whatIf(`{ revokeAllAccess: { organization: "VENDOR", ${at} } }`),
  'SuspendInput.organization': [
    `whatIf(input: { origins: ["new"], core: ${window} }, actions: [{ suspend: { organization: "VENDOR", ${at} } }]) { stopped { totalCount } }`,
    `compareRadius(before: { origins: ["new"], core: ${window} }, after: { origins: ["new"], core: ${window} }, afterActions: [{ suspend: { organization: "VENDOR", ${at} } }]) { changeCounts { kind count } }`,
  ],
  'RecallInput.holder': whatIf(`{ recall: { holder: "VENDOR", ${at} } }`),
  'RecallInput.owner': whatIf(`{ recall: { holder: "new", owner: "LAB", ${at} } }`),
  'EncryptInput.holder': whatIf(`{ encrypt: { holder: "VENDOR", ${at} } }`),
  'EncryptInput.owner': whatIf(`{ encrypt: { holder: "new", owner: "LAB", ${at} } }`),
  'NodeRef.organization': [
    `neighborhood(of: [{ organization: "VENDOR" }]) { ${nodes} }`,
    'neighbors(of: { organization: "VENDOR" }, kind: HOLDS) { edges { node { key } } }',
    `paths(from: { organization: "LAB" }, to: { organization: "VENDOR" }) { ${nodes} }`,
    `paths(from: { organization: "lab" }, to: { organization: "VENDOR" }, artifact: "rubric") { ${nodes} }`,
    'notes(on: { organization: "VENDOR" }) { edges { node { text } } }',
  ],
  'Query.organization(id:)': 'organization(id: "VENDOR") { id aliases }',
  'Query.merges(into:)': ids('merges(into: "VENDOR")'),
  'Query.artifacts(owner:)': ids('artifacts(owner: "LAB")'),
  'Query.transfers(sender:)': ids('transfers(sender: "LAB")'),
  'Query.transfers(recipient:)': ids('transfers(recipient: "VENDOR")'),
  'Query.accessFacts(grantee:)': ids('accessFacts(grantee: "VENDOR")'),
  'Query.accessFacts(grantor:)': ids('accessFacts(grantor: "LAB")'),
  'Query.engagements(client:)': ids('engagements(client: "LAB")'),
  'Query.engagements(provider:)': ids('engagements(provider: "VENDOR")'),
  'Query.controls(organization:)': 'controls(organization: "VENDOR") { edges { node { control } } }',
  'Query.controls(issuer:)': 'controls(issuer: "CERTIFIER") { edges { node { control } } }',
  'Query.copies(holder:)': ids('copies(holder: "VENDOR")'),
  'Query.copies(owner:)': ids('copies(owner: "LAB")'),
  'Query.ranking(organizations:)': 'ranking(organizations: ["VENDOR"]) { edges { node { position organization { id } } } }',
  'Query.artifactExposures(owners:)': 'artifactExposures(owners: ["LAB"]) { edges { node { artifact { id } } } }',
  'Query.controlGaps(labs:)': 'controlGaps(labs: ["LAB"]) { edges { node { organization { id } } } }',
  'Query.controlGaps(withoutIssuers:)': 'controlGaps(withoutIssuers: ["CERTIFIER"]) { edges { node { missing { reason } } } }',
  'Incident.notices(lab:)': 'incident(id: "INCIDENT") { notices(lab: "LAB") { totalCount } }',
  'Incident.notices(notifier:)': 'incident(id: "INCIDENT") { notices(notifier: "VENDOR") { totalCount } }',
  'Incident.noticeCounts(lab:)': 'incident(id: "INCIDENT") { noticeCounts(lab: "LAB") { total } }',
  'Incident.noticeCounts(notifier:)': 'incident(id: "INCIDENT") { noticeCounts(notifier: "VENDOR") { total } }',
  'Query.notificationPack(lab:)': 'notificationPack(incident: "INCIDENT", lab: "LAB") { lab { id } recall { totalCount } }',
};

/** The other arguments of type ID. Writes are tested below; those of facts keep the id as stated, because a merge is applied when facts are read (S93). */
const others = {
  'a write that is tested below': [
    'SaveIncidentInput.origins',
    'SetNoticeInput.lab',
    'SetNoticeInput.notifier',
    'NoticeKey.lab',
    'NoticeKey.notifier',
    'TickPlanStepInput.step',
    'AcceptFindingInput.finding',
  ],
  'facts as stated': [
    ...['OrganizationInput.id', 'ArtifactInput.owner', 'TransferInput.sender', 'TransferInput.recipient', 'AccessInput.grantee'],
    ...['AccessInput.grantor', 'EngagementInput.client', 'EngagementInput.provider', 'ControlInput.organization', 'ControlInput.issuer'],
    ...['ControlKey.organization', 'RetractFactsInput.organizations', 'FactRef.organization'],
    ...['MergeOrganizationsInput.organization', 'MergeOrganizationsInput.into', 'UnmergeOrganizationsInput.organization'],
    ...['Query.hiddenByMerge(organization:)', 'Query.hiddenByMerge(into:)', 'MapImportFileInput.client', 'MatchDecisionInput.target'],
    'MapImportFileInput.of',
  ],
  'of software, and of what is suspected (software-matches.test.ts, suspected-origins.test.ts)': [
    ...['ProposalInput.origins', 'Query.softwareLists(organization:)', 'Query.softwareMatches(organization:)'],
    ...['SaveSoftwareStatementInput.organization', 'StatementKey.organization', 'SuspectedOriginInput.organization'],
  ],
  'of a software list or an advisory': [
    ...['ProposalInput.advisory', 'Query.advisory(id:)', 'Query.advisoryMatches(advisory:)', 'Query.softwareList(id:)'],
    ...['WatchInput.advisory', 'RetractSoftwareInput.advisories', 'RetractSoftwareInput.lists', 'SaveAvailabilityInput.advisory'],
    ...['SaveSoftwareStatementInput.advisory', 'StatementKey.advisory', 'Query.notificationPack(lists:)'],
  ],
  'of a watch, which asks as its questions do (watch-kinds.test.ts)': ['WatchInput.lab'],
  'of another record': [
    ...['Query.watch(id:)', 'Query.events(watch:)', 'Query.event(id:)', 'WatchInput.id', 'WatchInput.incident', 'WatchInput.artifact'],
    ...['DeleteWatchInput.id', 'ReadEventsInput.ids', 'WatchInput.endpoints', 'SaveEndpointInput.id', 'EndpointIdInput.id'],
    ...['ReplayEventInput.event', 'ReplayEventInput.endpoint'],
    ...[
      'BlastRadiusInput.incident',
      'ScopeInput.artifacts',
      'ScopeInput.engagements',
      'BlastRadius.artifacts(ids:)',
      'RevokeAccessInput.access',
    ],
    ...[
      'NodeRef.artifact',
      'Query.artifact(id:)',
      'Query.transfer(id:)',
      'Query.transfers(artifact:)',
      'Query.access(id:)',
      'Query.engagement(id:)',
    ],
    ...[
      'Query.copies(artifact:)',
      'Query.paths(artifact:)',
      'Query.incident(id:)',
      'Query.notificationPack(incident:)',
      'Query.import(id:)',
    ],
    ...['Query.view(id:)', 'ArtifactInput.id', 'TransferInput.id', 'TransferInput.artifact', 'TransferInput.engagement', 'AccessInput.id'],
    ...['EngagementInput.id', 'RevealsInput.artifact', 'RevealsInput.reveals', 'RevealsKey.artifact', 'RevealsKey.reveals'],
    ...['RetractFactsInput.artifacts', 'RetractFactsInput.transfers', 'RetractFactsInput.access', 'RetractFactsInput.engagements'],
    ...['FactRef.artifact', 'FactRef.transfer', 'FactRef.access', 'FactRef.engagement', 'SaveIncidentInput.id', 'DeleteIncidentInput.id'],
    ...['AddIncidentNoteInput.incident', 'TickPlanStepInput.incident', 'SetNoticeInput.incident', 'SetAssessmentsInput.incident'],
    ...['SetNoticesInput.incident', 'UndoNoticesInput.incident', 'UndoNoticesInput.change'],
    ...['SetAssessmentsInput.artifacts', 'MapImportFileInput.import', 'RemoveImportFileInput.import', 'MatchDecisionInput.match'],
    ...['DecideMatchesInput.import', 'MapImportValuesInput.import', 'FixImportCellInput.import', 'CommitImportInput.id'],
    ...['DecideEditionInput.import', 'ImportIdInput.id', 'DecideAnswerInput.import', 'DecideAnswerInput.changes', 'RenameImportInput.id'],
    ...['SaveNoteInput.id', 'DeleteNoteInput.id', 'SaveViewInput.id', 'DeleteViewInput.id'],
  ],
};

/** `Type.field(argument:)` and `Input.field` of each argument of type ID. */
function listIdArguments(): string[] {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8'));
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || (!isInputObjectType(type) && !isObjectType(type))) continue;
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        if (getNamedType(field.type).name === 'ID') found.push(`${type.name}.${field.name}`);
      continue;
    }
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) {
        if (getNamedType(argument.type).name === 'ID') found.push(`${type.name}.${field.name}(${argument.name}:)`);
      }
    }
  }
  return found;
}

const serving = new Serving();
let incident = '';
let beforeMerge = '';
const asWas = new Map<string, unknown>();
const merged = { VENDOR: 'old', LAB: 'lab-old', CERTIFIER: 'cert-old' };
const resolved = { VENDOR: 'new', LAB: 'lab', CERTIFIER: 'cert' };
const cases = Object.entries(questions).flatMap(([name, list]) => [list].flat().map((question) => ({ name, question })));

const fill = (question: string, names: Readonly<Record<string, string>>) =>
  Object.entries({ ...names, INCIDENT: incident }).reduce((text, [name, id]) => text.replaceAll(name, id), question);
const ask = (question: string, names: Readonly<Record<string, string>>) => serving.get(`{ ${fill(question, names)} }`);
const askBefore = async (question: string) =>
  (await serving.get(`{ asKnownAt(instant: "${beforeMerge}") { ${fill(question, merged)} } }`)).asKnownAt;
const save = (input: object) =>
  serving.get(
    'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id origins { id } } userErrors { message } } }',
    {
      input,
    },
  );

/** Three pairs of ids, each with facts of its own: a lab, a vendor and a certifier. */
beforeAll(async () => {
  await serving.start();
  const sentAt = '2025-01-01T00:00:00Z';
  const organization = (id: string, role: string) => ({
    id,
    name: id === 'cert-old' ? 'Former certifier' : id.toUpperCase(),
    roles: [role],
  });
  const control = (organization: string, name: string, issuer: string) => ({ organization, control: name, evidenceType: 'TESTED', issuer });
  await serving.put({
    organizations: [
      ...['lab', 'lab-old'].map((id) => organization(id, 'LAB')),
      ...['old', 'new', 'other', 'client'].map((id) => organization(id, 'VENDOR')),
      ...['cert', 'cert-old'].map((id) => organization(id, 'CERTIFIER')),
    ],
    artifacts: ['guide', 'rubric'].map((id) => ({
      id,
      name: id,
      type: 'OTHER',
      owner: id === 'guide' ? 'lab-old' : 'lab',
      sensitivity: 3,
      valueHighUsd: 1000,
    })),
    engagements: [
      { id: 'e1', client: 'lab-old', provider: 'old', noticeHours: 72 },
      { id: 'e2', client: 'lab', provider: 'other' },
      { id: 'e3', client: 'client', provider: 'old' },
    ],
    transfers: [
      { id: 't1', artifact: 'guide', sender: 'lab-old', recipient: 'old', sentAt },
      { id: 't2', artifact: 'rubric', sender: 'lab', recipient: 'new', sentAt },
      { id: 't3', artifact: 'rubric', sender: 'new', recipient: 'other', sentAt: '2025-01-02T00:00:00Z' },
    ],
    access: [{ id: 'a', grantee: 'old', grantor: 'lab-old' }],
    controls: [control('old', 'MFA', 'cert-old'), control('old', 'ENCRYPTION_IN_TRANSIT', 'cert')],
  });
  await serving.get('mutation { saveNote(input: { on: { organization: "old" }, text: "Slow" }) { userErrors { message } } }');
  const core = { from: '2025-02-01T00:00:00Z', to: '2025-02-02T00:00:00Z' };
  incident = (await save({ name: 'Break-in', origins: ['old', 'new'], core })).saveIncident.incident.id;
  beforeMerge = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (const { question } of cases) asWas.set(question, await askBefore(question));
  for (const [organization, into] of [
    ['old', 'new'],
    ['lab-old', 'lab'],
    ['cert-old', 'cert'],
  ]) {
    await serving.get('mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { message } } }', {
      input: { organization, into },
    });
  }
});
afterAll(() => serving.stopAndDelete());

describe('the id of a merged organization', () => {
  it('[S284] has a place in this table wherever the schema takes an id', () => {
    expect([...Object.keys(questions), ...Object.values(others).flat()].sort()).toEqual(listIdArguments().sort());
  });

  it.each(cases)('[S284] means the other organization in $name: $question', async ({ question }) => {
    const answer = await ask(question, merged);
    expect(answer).toEqual(await ask(question, resolved));
    expect(JSON.stringify(answer)).not.toMatch(/"(edges|nodes|labTiers|flows)":\[\]|"(totalCount|exposedCount)":0/);
  });

  it.each(cases)('[S284] means what it meant before the merge, asked as known then, in $name: $question', async ({ question }) => {
    expect(await askBefore(question)).toEqual(asWas.get(question));
  });

  it('[S292] finds the organization that it means', async () => {
    const { search } = await serving.get('{ search(text: "cert-old") { found { ... on Organization { id } } matched } }');
    expect(search[0]).toEqual({ found: { id: 'cert' }, matched: 'id' });
    const past = '{ asKnownAt(instant: "BEFORE") { search(text: "cert-old") { found { ... on Organization { id } } } } }';
    expect((await serving.get(past.replace('BEFORE', beforeMerge))).asKnownAt.search[0]).toEqual({ found: { id: 'cert-old' } });
  });

  it('[S284] may be stated in an incident, a notice and a step of the plan', async () => {
    const scenario = [{ recall: { holder: 'old', owner: 'lab-old', at: '2025-01-15T00:00:00Z' } }];
    const { saveIncident } = await save({ name: 'Again', origins: ['old'], scope: [{ origin: 'old', artifacts: ['guide'] }], scenario });
    expect(saveIncident).toMatchObject({ userErrors: [], incident: { origins: [{ id: 'new' }] } });
    const { incident: saved } = await serving.get('query($i: ID!) { incident(id: $i) { entries { edges { node { text } } } } }', {
      i: saveIncident.incident.id,
    });
    expect(saved.entries.edges[0].node.text).toBe('The incident was opened with NEW as origin.');
    const notice = { incident, lab: 'lab-old', notifier: 'old', state: 'TOLD' };
    const { setNotice } = await serving.get(
      'mutation($input: SetNoticeInput!) { setNotice(input: $input) { userErrors { message } incident { notices { edges { node { lab { id } notifier { id } state } } } } } }',
      { input: notice },
    );
    expect(setNotice.userErrors).toEqual([]);
    const notices = setNotice.incident.notices.edges.map(({ node }: { node: object }) => node);
    expect(notices).toEqual([{ lab: { id: 'lab' }, notifier: { id: 'new' }, state: 'TOLD' }]);
    const tick = { incident, step: 'RECALL/old/lab-old', owner: 'ada' };
    const { tickPlanStep } = await serving.get(
      'mutation($input: TickPlanStepInput!) { tickPlanStep(input: $input) { userErrors { message } incident { plan { id owner } } } }',
      { input: tick },
    );
    expect(tickPlanStep.userErrors).toEqual([]);
    expect(tickPlanStep.incident.plan.filter(({ owner }: { owner: string | null }) => owner !== null)).toEqual([
      { id: 'RECALL/new/lab', owner: 'ada' },
    ]);
  });

  it.each([
    `blast-radius.csv?origins=VENDOR&coreFrom=2025-02-01&coreTo=2025-02-02&owners=LAB&holders=VENDOR`,
    'other-copies.csv?origins=VENDOR&coreFrom=2025-02-01&coreTo=2025-02-02',
    'dependents.csv?origins=VENDOR&coreFrom=2025-02-01&coreTo=2025-02-02',
    'holdings.csv?holder=VENDOR&owner=LAB',
    'control-gaps.csv?withoutIssuers=CERTIFIER',
    'notification-pack.csv?incident=INCIDENT&lab=LAB',
  ])('[S284] means the other organization in /api/%s', async (path) => {
    const read = async (names: Readonly<Record<string, string>>) => {
      const response = await fetch(`${serving.url}/api/${fill(path, names)}`);
      return { status: response.status, text: await response.text() };
    };
    const answer = await read(merged);
    expect(answer).toEqual(await read(resolved));
    expect(answer.status).toBe(200);
    expect(answer.text.trim().split('\n').length).toBeGreaterThan(1);
  });
});

describe('the id of a merged organization on the command line', () => {
  it('[S285] means the other organization, in a radius and an incident', async () => {
    await serving.stop();
    const run = async (...args: string[]) => {
      const ran = await runExposure(serving.folder, args, serving.environment());
      expect(ran).toMatchObject({ code: 0, err: '' });
      return ran.out;
    };
    const windowFlags = ['--core', '2025-02-01/2025-02-02'];
    expect(await run('radius', 'old', ...windowFlags)).toBe(await run('radius', 'new', ...windowFlags));
    const opened = (await run('incident', 'open', 'By command', '--origin', 'old', ...windowFlags)).trim();
    expect(JSON.parse(await run('incident', 'show', opened, '--json'))).toMatchObject({ origins: ['new'] });
    await run('incident', 'tell', opened, 'lab-old', '--by', 'old');
    await run('incident', 'tick', opened, 'RECALL/old/lab-old', '--owner', 'ada');
    await run('incident', 'ask', 'old', join(serving.folder, 'asked'), '--lab', 'lab-old');
    await run('notify', opened, join(serving.folder, 'packs'), '--lab', 'lab-old');
    expect(readFileSync(join(serving.folder, 'asked', 'holdings.csv'), 'utf8')).toContain('t1');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();

/** Two ids of a vendor, both with evidence out of date: of MFA the old id alone, of ENCRYPTION_IN_TRANSIT both. */
beforeAll(async () => {
  await serving.start();
  const control = (organization: string, name: string) => ({
    organization,
    control: name,
    evidenceType: 'TESTED',
    issuedAt: '2020-01-01T00:00:00Z',
    expiresAt: organization === 'old' ? '2021-01-01T00:00:00Z' : '2022-01-01T00:00:00Z',
  });
  const sentAt = '2025-01-01T00:00:00Z';
  await serving.put({
    organizations: [
      ...['lab', 'blind', 'blind-old'].map((id) => ({ id, name: `Lab ${id}`, roles: ['LAB'] })),
      ...['old', 'new'].map((id) => ({ id, name: `Vendor ${id}`, roles: ['VENDOR'] })),
    ],
    artifacts: [{ id: 'guide', name: 'Guide', type: 'OTHER', owner: 'lab', sensitivity: 3 }],
    engagements: [{ id: 'e', client: 'blind-old', provider: 'new' }],
    transfers: ['old', 'new'].map((recipient) => ({ id: `t-${recipient}`, artifact: 'guide', sender: 'lab', recipient, sentAt })),
    controls: [control('old', 'MFA'), control('old', 'ENCRYPTION_IN_TRANSIT'), control('new', 'ENCRYPTION_IN_TRANSIT')],
  });
});
afterAll(() => serving.stopAndDelete());

const accept = (finding: string) =>
  serving.get(
    'mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) { finding { id acceptance { reason } } userErrors { code } } }',
    { input: { finding, reason: `Known: ${finding}` } },
  );
const merge = async (organization: string, into: string) => {
  const query = 'mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { message } } }';
  await serving.get(query, { input: { organization, into } });
};
const unmerge = (organization: string) =>
  serving.get('mutation($o: ID!) { unmergeOrganizations(input: { organization: $o }) { userErrors { message } } }', { o: organization });
const accepted = async () => {
  const { findings } = await serving.get(
    '{ findings(kinds: [EXPIRED_EVIDENCE, BLIND_SPOT], isAccepted: true) { edges { node { id acceptance { reason } } } } }',
  );
  return findings.edges.map(({ node }: { node: { id: string; acceptance: { reason: string } } }) => [node.id, node.acceptance.reason]);
};

describe('acceptances under merges', () => {
  const all = ['EXPIRED_EVIDENCE/old/ENCRYPTION_IN_TRANSIT', 'EXPIRED_EVIDENCE/old/MFA', 'BLIND_SPOT/blind-old'];

  it('[S288] follow their evidence and their lab, but not to evidence that nobody accepted', async () => {
    for (const finding of all) expect((await accept(finding)).acceptFinding.userErrors).toEqual([]);
    await merge('old', 'new');
    await merge('blind-old', 'blind');
    expect(await accepted()).toEqual([
      ['EXPIRED_EVIDENCE/new/MFA', 'Known: EXPIRED_EVIDENCE/old/MFA'],
      ['BLIND_SPOT/blind', 'Known: BLIND_SPOT/blind-old'],
    ]);
    const { findingCounts } = await serving.get('{ findingCounts { kind open accepted } }');
    expect(findingCounts).toContainEqual({ kind: 'EXPIRED_EVIDENCE', open: 1, accepted: 1 });
  });

  it('[S288] may be stated of the merged id, if the finding is there', async () => {
    const { acceptFinding } = await accept('EXPIRED_EVIDENCE/old/MFA');
    expect(acceptFinding.finding.id).toBe('EXPIRED_EVIDENCE/new/MFA');
    expect((await accept('EXPIRED_EVIDENCE/old/ENCRYPTION_IN_TRANSIT')).acceptFinding.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('[S288] are those of before after the unmerge', async () => {
    await unmerge('old');
    await unmerge('blind-old');
    expect((await accepted()).map(([id]: string[]) => id).sort()).toEqual([...all].sort());
  });
});

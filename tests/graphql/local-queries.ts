/** A blast radius with all that it leads to. */
export const localRadius = `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
  revision core { from to } widest { from to }
  summary { reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd }
  reached(first: 100) { totalCount edges { node { organization { id name } hops likelihood path { from { id } to { id } likelihood access { id kind } } } } }
  artifacts(first: 5, orderBy: WORST_CASE_LOSS) { totalCount pageInfo { hasNextPage } edges { node {
    artifact { id name owner { id name } } tier basis portion { low high } isUsable likelihood holders { edges { node { organization { id } } } }
    ways(first: 5) { because tier copy { id kind rank holder { id } chain { id sentAt engagement { id service } } } reveals { degree reveals { id } } } } } }
  labs { edges { node { lab { id } exposedCount worstCaseLossUsd } } }
  notifiers(first: 100) { edges { node { id } } }
  otherCopies(first: 100) { totalCount edges { node { id holder { id } form deletionState chain { id } } } }
  dependents(first: 100) { totalCount edges { node { organization { id } rank isFormer isBlindSpot path { id provider { id } } } } }
  integrity { labs { edges { node { id } } } tainted(first: 100) { totalCount edges { node { artifact { id } holder { id } since chainLength chain { id } } } } }
  holderTimeline(first: 100, byLab: true) { totalCount instants edges { node { holder { organization { id } } lab { id } definiteCounts possibleCounts worstCaseUsd deletedCounts lastDeletedBeforeAt } } }
  timeline(buckets: 20) { from receivedCount sentCount deletedCount definiteCount possibleCount }
  subgraph(maxNodes: 40) { nodes { node { key } tier hops worstCaseLossUsd } links { tier isSpread link { key count readableCount facts(first: 20) { totalCount } } } omittedCount }
} }`;

/** Records, lists around one of them, counts and incidents. */
export const localRecords = `query($organization: ID!, $artifact: ID!, $transfer: ID!, $engagement: ID!, $access: ID!) {
  counts { organizations artifacts transfers access engagements reveals controls }
  organization(id: $organization) { name roles custody(asOf: "2026-10-01T00:00:00Z") { copyCount readableCount labCount lastReceivedAt }
    artifacts { totalCount } copies(first: 50) { totalCount edges { node { id rank chain { id } } } } sent(first: 50) { edges { node { id } } }
    received(first: 50) { edges { node { id copy { id rank } } } } accessHeld { edges { node { id } } } accessGranted { edges { node { id } } }
    providers { edges { node { id } } } clients { edges { node { id } } } controls { edges { node { control } } } }
  artifact(id: $artifact) { name copies(first: 100) { edges { node { id kind rank } } } reveals { edges { node { degree } } } revealedBy { edges { node { degree } } } }
  transfer(id: $transfer) { id sentAt copy { id rank chain { id } } engagement { id } provenance { file line import { id } } }
  engagement(id: $engagement) { id client { id } provider { id } }
  access(id: $access) { id grantor { id } }
  transfers(artifact: $artifact, first: 100) { totalCount edges { node { id } } }
  copies(holder: $organization, first: 100) { edges { node { id } } }
  engagements(provider: $organization) { edges { node { id } } }
  organizations(first: 100) { edges { node { id name } } }
  search(text: "a", kinds: [LAB, VENDOR, SUBCONTRACTOR, TOOL_PROVIDER, CERTIFIER, ARTIFACT]) { matched score found { ... on Organization { id } ... on Artifact { id } } }
  incidents { edges { node { id scope { origin { id } engagements { id } artifacts { id } } scenario { kind organization { id } access { id grantor { id } } owner { id } at } blastRadius { summary { exposedCount possibleCount } } } } }
}`;

import { z } from 'zod';
import { findingKinds } from '../domain/finding-kinds.ts';
import { formatInstant } from '../domain/instants.ts';
import type { Answer, Tool } from './tool.ts';
import { at, count, hasWindow, id, ids, radiusOptionsInput, refuseOthers, tool, usd, windows } from './tool.ts';

/*
 * The tools about records: what there is, who could leak it, what is ranked, what is doubtful, and the incidents.
 */

const named = 'id name';
const provenance = 'provenance { source file line assertedBy assertedAt }';

const findText = `query Find($text: String!, $kinds: [FoundKind!], $first: Int!) { revision search(text: $text, kinds: $kinds, first: $first) { matched score found {
  __typename
  ... on Organization { ${named} roles aliases country }
  ... on Artifact { ${named} type sensitivity owner { ${named} } }
  ... on Incident { ${named} state }
  ... on Transfer { id artifact { ${named} } sender { ${named} } recipient { ${named} } }
  ... on Engagement { id service client { ${named} } provider { ${named} } }
  ... on View { ${named} }
  ... on SoftwareList { id subject organization { ${named} } }
  ... on Advisory { id summary }
  ... on FoundValue { kind value count } } } }`;

const find = tool({
  name: 'find',
  title: 'Find ids',
  description:
    'Finds organizations, artifacts, incidents, transfers, engagements, software lists and advisories by name, alias, id or text. Forgives spelling, accents and ' +
    'word order. Every other tool takes the ids that this one gives.',
  input: z.strictObject({
    text: z.string().min(1).max(200).describe('A name or a part of it.'),
    kinds: z
      .array(
        z.enum([
          ...([
            'LAB',
            'VENDOR',
            'SUBCONTRACTOR',
            'TOOL_PROVIDER',
            'CERTIFIER',
            'ARTIFACT',
            'INCIDENT',
            'TRANSFER',
            'ENGAGEMENT',
            'VIEW',
          ] as const),
          ...(['SOFTWARE_LIST', 'ADVISORY', 'CHANNEL', 'COUNTRY', 'PACKAGE'] as const),
        ]),
      )
      .optional()
      .describe('Only these kinds. Default: all.'),
    first: z.number().optional().describe('How many at most. Default 20.'),
  }),
  operations: [findText],
  ask({ text, kinds, first = 20 }) {
    return {
      operation: findText,
      variables: { text, kinds, first },
      names: {},
      lists: ['search'],
      href: '/',
      describe({ search }) {
        const found = search.rows.map((row: Answer) => row.found.id ?? row.found.value);
        return found.length === 0 ? 'Nothing fits. Try another spelling or a part of the name.' : `The best first: ${ids(found)}.`;
      },
    };
  },
});

const organizationText = `query DescribeOrganization($id: ID!, $first: Int!) { revision organization(id: $id) { ${named} roles aliases status country website ${provenance}
  custody { copyCount readableCount labCount meanValueUsd lastReceivedAt }
  controlGap { highestSensitivity because missing { control leastEvidence reason } }
  artifacts(first: $first, orderBy: VALUE) { totalCount edges { node { ${named} type sensitivity valueLowUsd valueHighUsd } } }
  copies(first: $first, orderBy: VALUE) { totalCount edges { node { id form deletionState rank possible { from until } artifact { ${named} owner { ${named} } } } } }
  accessGranted(first: $first) { totalCount edges { node { id kind likelihood validFrom validUntil grantee { ${named} } } } }
  accessHeld(first: $first) { totalCount edges { node { id kind likelihood validFrom validUntil grantor { ${named} } } } }
  providers(first: $first) { totalCount edges { node { id service startsAt endsAt noticeHours auditRight provider { ${named} } } } }
  clients(first: $first) { totalCount edges { node { id service startsAt endsAt noticeHours auditRight client { ${named} } } } } } }`;

const artifactText = `query DescribeArtifact($id: ID!, $first: Int!) { revision artifact(id: $id) { ${named} type sensitivity valueLowUsd valueHighUsd modelFamily version fragmentCount usefulPortion
  owner { ${named} } ${provenance}
  copies(first: $first) { totalCount edges { node { id kind form deletionState portion confidence rank definite { from until } possible { from until } holder { ${named} } } } }
  reveals(first: $first) { totalCount edges { node { degree basis reveals { ${named} owner { ${named} } } } } }
  revealedBy(first: $first) { totalCount edges { node { degree basis artifact { ${named} owner { ${named} } } } } } } }`;

const transferText = `query DescribeTransfer($id: ID!) { revision transfer(id: $id) { id artifact { ${named} owner { ${named} } } sender { ${named} } recipient { ${named} } sentAt portion fragments form
  deletionState deletedAt records bytes channel confidence engagement { id service } ${provenance}
  copy { id rank definite { from until } possible { from until } } } }`;

const describedIn = 'Exactly one of organization, artifact and transfer.';

const describe = tool({
  name: 'describe',
  title: 'Describe one record',
  description:
    'What is recorded of one organization (what it holds and owns, who may act in its systems, its engagements, missing controls), of one artifact (every copy, and what ' +
    'it reveals) or of one transfer, with where that was recorded.',
  input: z
    .strictObject({
      organization: id('an organization').optional(),
      artifact: id('an artifact').optional(),
      transfer: id('a transfer').optional(),
    })
    .refine((args) => Object.values(args).filter((value) => value !== undefined).length === 1, { message: describedIn })
    .describe(describedIn),
  operations: [organizationText, artifactText, transferText],
  ask({ organization, artifact, transfer }, most) {
    const lacking = (answer: Answer, key: string, names: object) =>
      answer[key] === null ? ({ kind: 'record', names } as const) : undefined;
    if (organization !== undefined) {
      const names = { organizations: [organization] };
      return {
        operation: organizationText,
        variables: { id: organization, first: most },
        names,
        lists: ['copies', 'artifacts', 'accessGranted', 'clients', 'providers', 'accessHeld'].map((list) => `organization.${list}`),
        href: `/explore?${new URLSearchParams({ n: `organization:${organization}`, sel: `organization:${organization}` })}`,
        findLack: (answer) => lacking(answer, 'organization', names),
        describe({ organization: found }) {
          const { custody, copies, artifacts, accessGranted, clients } = found;
          return (
            `${ids([found.id])} (${found.roles.join(', ')}) now has ${count(custody.copyCount, 'possibly live copy', 'possibly live copies')} of ${count(custody.labCount, 'lab')}, ` +
            `${custody.readableCount} of them readable; ${count(copies.total, 'copy', 'copies')} at any time. It owns ${count(artifacts.total, 'artifact')}. ` +
            `${count(accessGranted.total, 'access fact leads', 'access facts lead')} into its systems. It has ${count(clients.total, 'client')}.`
          );
        },
      };
    }
    if (artifact !== undefined) {
      const names = { artifacts: [artifact] };
      return {
        operation: artifactText,
        variables: { id: artifact, first: most },
        names,
        lists: ['copies', 'revealedBy', 'reveals'].map((list) => `artifact.${list}`),
        href: `/explore?${new URLSearchParams({ n: `artifact:${artifact}`, sel: `artifact:${artifact}` })}`,
        findLack: (answer) => lacking(answer, 'artifact', names),
        describe({ artifact: found }) {
          return (
            `${ids([found.id])} of ${ids([found.owner.id])}: ${found.type}, sensitivity ${found.sensitivity}, ` +
            `${count(found.copies.total, 'copy', 'copies')} with the owner's own; ${count(found.revealedBy.total, 'artifact reveals', 'artifacts reveal')} part of it.`
          );
        },
      };
    }
    return {
      operation: transferText,
      variables: { id: transfer },
      names: {},
      lists: [],
      href: '/explore',
      findLack: (answer) => lacking(answer, 'transfer', {}),
      describe({ transfer: found }) {
        return `${ids([found.id])}: ${ids([found.artifact.id])}, from ${ids([found.sender.id])} to ${ids([found.recipient.id])}, sent ${found.sentAt ?? 'at an unknown time'}.`;
      },
    };
  },
});

const leakText = `query WhoCouldLeak($artifact: ID!, $core: WindowInput, $widest: WindowInput, $options: RadiusOptions, $first: Int!) { revision artifact(id: $artifact) { ${named}
  owner { ${named} } exposure(core: $core, widest: $widest, options: $options) { count share
    organizations(first: $first) { totalCount edges { node { tier likelihood organization { ${named} roles } } } } } } }`;

const whoCouldLeak = tool({
  name: 'who_could_leak',
  title: 'Who could leak an artifact',
  description:
    'Every organization whose compromise alone, in a window, would put this artifact into the blast radius, at any tier, the likeliest first, as a count and as a share of all organizations.',
  input: z.strictObject({ artifact: id('the artifact'), ...windows, options: radiusOptionsInput }),
  operations: [leakText],
  ask({ artifact, core, widest, options }, most) {
    if (!hasWindow({ core, widest })) return { kind: 'window', origins: [] };
    const names = { artifacts: [artifact] };
    return {
      operation: leakText,
      variables: { artifact, core, widest, options, first: most },
      names,
      asked: { core: core ?? widest, widest: widest ?? core, options },
      lists: ['artifact.exposure.organizations'],
      href: `/explore?${new URLSearchParams({ n: `artifact:${artifact}`, sel: `artifact:${artifact}` })}`,
      findLack: (answer) => (answer.artifact === null ? { kind: 'record', names } : undefined),
      describe({ artifact: { id, exposure } }) {
        const { count: number, share, organizations } = exposure;
        return `${count(number, 'organization')} could leak ${ids([id])}, ${(100 * share).toFixed(1)}% of all but its owner: ${ids(organizations.rows.map((row: Answer) => row.organization.id))}.`;
      },
    };
  },
});

const roles = z.array(z.enum(['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER']));
const windowed = '$core: WindowInput, $widest: WindowInput, $options: RadiusOptions';
const windowsGiven = 'core: $core, widest: $widest, options: $options';

const rankingTexts = {
  organizations: `query RankOrganizations(${windowed}, $roles: [OrganizationRole!], $orderBy: RankingOrder, $first: Int!) { revision
    ranking(${windowsGiven}, roles: $roles, orderBy: $orderBy, first: $first) { totalCount edges { node { position organization { ${named} roles }
      reachedCount artifactCount exposedCount possibleCount containedCount labCount dependentCount worstCaseLossUsd weightedLossUsd } } } }`,
  artifacts: `query RankArtifacts(${windowed}, $owners: [ID!], $first: Int!) { revision
    artifactExposures(${windowsGiven}, owners: $owners, first: $first) { totalCount edges { node { count share artifact { ${named} sensitivity owner { ${named} } } } } } }`,
  shared_holders: `query RankSharedHolders($asOf: DateTime, $first: Int!) { revision
    sharedHolders(asOf: $asOf, first: $first) { totalCount edges { node { holder { ${named} } labCount artifactCount labs { ${named} } } } } }`,
  concentration: `query RankConcentration($asOf: DateTime, $first: Int!) { revision
    concentration(asOf: $asOf, first: $first) { totalCount edges { node { lab { ${named} } herfindahlIndex holderCount holders { share holder { ${named} } } } } } }`,
} as const;

const ranking = tool({
  name: 'ranking',
  title: 'Rankings',
  description:
    'Whose compromise would matter most. of=organizations: every organization as the only origin, in a window. of=artifacts: every artifact by how many organizations could leak it, ' +
    'in a window. of=shared_holders: who holds artifacts of two or more labs. of=concentration: how much each lab relies on few holders.',
  input: z
    .strictObject({
      of: z.enum(['organizations', 'artifacts', 'shared_holders', 'concentration']),
      ...windows,
      options: radiusOptionsInput,
      roles: roles.optional().describe('of=organizations: only these roles.'),
      orderBy: z
        .enum(['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'ARTIFACTS', 'LABS', 'REACH', 'DEPENDENTS'])
        .optional()
        .describe('of=organizations. Default: WEIGHTED_LOSS.'),
      owners: z.array(z.string().max(200)).optional().describe('of=artifacts: only of these labs, by id.'),
      asOf: at(
        'of=shared_holders and concentration: copies possibly live at this instant. Default: now, which the answer states.',
      ).optional(),
    })
    .superRefine(
      refuseOthers({
        organizations: ['core', 'widest', 'options', 'roles', 'orderBy'],
        artifacts: ['core', 'widest', 'options', 'owners'],
        shared_holders: ['asOf'],
        concentration: ['asOf'],
      }),
    ),
  operations: Object.values(rankingTexts),
  ask({ of, core, widest, options, roles, orderBy = 'WEIGHTED_LOSS', owners, asOf }, most, now) {
    const operation = rankingTexts[of];
    if (of === 'shared_holders' || of === 'concentration') {
      const instant = asOf ?? formatInstant(now);
      const isShared = of === 'shared_holders';
      return {
        operation,
        variables: { asOf: instant, first: most },
        names: {},
        asked: { asOf: instant },
        lists: [isShared ? 'sharedHolders' : 'concentration'],
        href: `/rankings?tab=${isShared ? 'shared' : 'concentration'}`,
        describe({ sharedHolders, concentration }) {
          return isShared
            ? `${count(sharedHolders.total, 'organization')} held artifacts of two or more labs at ${instant}: ${ids(sharedHolders.rows.map((row: Answer) => row.holder.id))}.`
            : `${count(concentration.total, 'lab')}, the most concentrated first: ${ids(concentration.rows.map((row: Answer) => row.lab.id))}.`;
        },
      };
    }
    if (!hasWindow({ core, widest })) return { kind: 'window', origins: [] };
    const isOfArtifacts = of === 'artifacts';
    const windowsAsked = { core: core ?? widest, widest: widest ?? core, options };
    return {
      operation,
      variables: { core, widest, options, first: most, ...(isOfArtifacts ? { owners } : { roles, orderBy }) },
      names: {},
      filters: owners ?? [],
      asked: windowsAsked,
      lists: [isOfArtifacts ? 'artifactExposures' : 'ranking'],
      href: `/rankings?tab=${of}`,
      describe({ ranking: ranked, artifactExposures }) {
        if (isOfArtifacts)
          return `${count(artifactExposures.total, 'artifact')}, that which most organizations could leak first: ${ids(artifactExposures.rows.map((row: Answer) => row.artifact.id))}.`;
        const [first] = ranked.rows;
        const words = first === undefined ? '' : ` The first puts ${usd(first.weightedLossUsd)} of weighted loss at risk.`;
        return `${count(ranked.total, 'organization')} by ${orderBy}, the largest first: ${ids(ranked.rows.map((row: Answer) => row.organization.id))}.${words}`;
      },
    };
  },
});

const findingsText = `query Findings($asOf: DateTime, $kinds: [FindingKind!], $isAccepted: Boolean, $first: Int!) { revision findingCounts(asOf: $asOf) { kind open accepted }
  findings(asOf: $asOf, kinds: $kinds, isAccepted: $isAccepted, first: $first) { totalCount edges { node { id kind message acceptance { reason by until } } } } }`;
const gapsText = `query ControlGaps($asOf: DateTime, $withoutIssuers: [ID!], $minSensitivity: Int, $first: Int!) { revision
  controlGaps(asOf: $asOf, withoutIssuers: $withoutIssuers, minSensitivity: $minSensitivity, first: $first) { totalCount edges { node { organization { ${named} }
    highestSensitivity because required met missing { control leastEvidence reason } } } } }`;

const findings = tool({
  name: 'findings',
  title: 'Findings and control gaps',
  description:
    'What makes answers less certain than they look, or a promise less kept: custody gaps, undeclared subcontractors, contradicted claims, expired evidence, blind spots and more. ' +
    'of=control_gaps: organizations whose controls do not match what they can read.',
  input: z
    .strictObject({
      of: z.enum(['findings', 'control_gaps']).optional().describe('Default: findings.'),
      kinds: z.array(z.enum(findingKinds)).optional().describe('of=findings: only these kinds.'),
      isAccepted: z.boolean().optional().describe('of=findings: only accepted or only open ones.'),
      withoutIssuers: z
        .array(z.string().max(200))
        .optional()
        .describe('of=control_gaps: evidence of these certifiers, by id, does not count.'),
      minSensitivity: z
        .number()
        .optional()
        .describe('of=control_gaps: only organizations that hold or can reach a copy of at least this sensitivity.'),
      asOf: at('The instant asked about. Default: now, which the answer states.').optional(),
    })
    .superRefine(refuseOthers({ findings: ['kinds', 'isAccepted', 'asOf'], control_gaps: ['withoutIssuers', 'minSensitivity', 'asOf'] })),
  operations: [findingsText, gapsText],
  ask({ of = 'findings', kinds, isAccepted, withoutIssuers, minSensitivity, asOf }, most, now) {
    const instant = asOf ?? formatInstant(now);
    if (of === 'control_gaps')
      return {
        operation: gapsText,
        variables: { asOf: instant, withoutIssuers, minSensitivity, first: most },
        names: { organizations: withoutIssuers ?? [] },
        asked: { asOf: instant },
        lists: ['controlGaps'],
        href: '/rankings?tab=controls',
        describe: ({ controlGaps }) =>
          `${count(controlGaps.total, 'organization lacks', 'organizations lack')} controls at ${instant}, those that lack most first: ${ids(controlGaps.rows.map((row: Answer) => row.organization.id))}.`,
      };
    return {
      operation: findingsText,
      variables: { asOf: instant, kinds, isAccepted, first: most },
      names: {},
      asked: { asOf: instant },
      lists: ['findings'],
      href: kinds?.length === 1 ? `/quality?rule=${kinds[0]}` : '/quality',
      describe({ findings: found, findingCounts }) {
        const counts = findingCounts.rows.map(({ kind, open }: Answer) => `${kind} ${open}`).join(', ');
        return `${count(found.total, 'finding')} at ${instant}. Open ones by kind: ${counts || 'none'}.`;
      },
    };
  },
});

const incidentText = `query Incident($id: ID!, $first: Int!) { revision incident(id: $id) { ${named} version state cause discoveredAt hasCore core { from to } widest { from to }
  maxHops transferLikelihood minDegree origins { ${named} } suspectedOrigins { organization { ${named} } likelihood } advisory { id }
  noticeCounts { total toTell told answered overdue dueToday later none inTime late }
  notices(first: $first) { totalCount edges { node { lab { ${named} } notifier { ${named} } dueAt state toldAt answeredAt owner } } }
  plan { id dueAt owner doneAt removedHereUsd removedNowUsd ask { ${named} } action { kind at organization { ${named} } access { id } owner { ${named} } } }
  assessments(first: $first) { totalCount edges { node { state reason artifact { ${named} } } } } } }`;
const incidentsText = `query Incidents($first: Int!) { revision incidents(first: $first) { totalCount edges { node { ${named} state discoveredAt updatedAt
  origins { ${named} } core { from to } widest { from to } } } } }`;
const advisoryText = `query AdvisoryMatches($advisory: ID!, $first: Int!) { revision advisory(id: $advisory) { id kind summary aliases hull { from until } agreed { from until } }
  advisoryMatches(advisory: $advisory, first: $first) { totalCount edges { node { grade proposedAs because versions organization { ${named} } } } }
  proposeIncident(input: { advisory: $advisory }) { hasCore core { from to } widest { from to } bounds withoutPackageCount
    blastRadius { revision core { from to } widest { from to } summary { exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd } } } }`;

const incident = tool({
  name: 'incident',
  title: 'Incidents, notices and advisories',
  description:
    'Without arguments: the saved incidents, the latest first. With an incident: its windows, whom to tell by when, the plan of steps and the assessments. With an advisory: which ' +
    'organizations had the affected software, by grade, and the incident that follows from it.',
  input: z
    .strictObject({ incident: id('a saved incident').optional(), advisory: id('an advisory').optional() })
    .refine(({ incident, advisory }) => incident === undefined || advisory === undefined, {
      message: 'Name an incident or an advisory, not both.',
    }),
  operations: [incidentsText, incidentText, advisoryText],
  ask({ incident, advisory }, most) {
    if (incident !== undefined) {
      const names = { incidents: [incident] };
      return {
        operation: incidentText,
        variables: { id: incident, first: most },
        names,
        lists: ['incident.notices', 'incident.plan', 'incident.assessments'],
        href: `/incidents/${encodeURIComponent(incident)}?tab=notices`,
        findLack: (answer) => (answer.incident === null ? { kind: 'record', names } : undefined),
        describe({ incident: found }) {
          const { toTell, overdue, dueToday, total } = found.noticeCounts;
          const open = found.plan.rows.filter((step: Answer) => step.doneAt === null).length;
          return (
            `${ids([found.id])} is ${found.state}, of ${ids(found.origins.rows.map((row: Answer) => row.id))}. ${count(total, 'notice')}: ${toTell} to tell, ` +
            `${overdue} overdue, ${dueToday} due today. ${count(open, 'open step')} of ${found.plan.total} in the plan.`
          );
        },
      };
    }
    if (advisory !== undefined)
      return {
        operation: advisoryText,
        variables: { advisory, first: most },
        names: {},
        lists: ['advisoryMatches', 'proposeIncident.bounds'],
        href: '/incidents/from-advisory',
        findLack: (answer) => (answer.advisory === null ? { kind: 'record', names: {} } : undefined),
        describe({ advisory: found, advisoryMatches, proposeIncident }) {
          const { core, widest, hasCore, blastRadius } = proposeIncident;
          const proposed = advisoryMatches.rows.filter((row: Answer) => row.proposedAs === 'ORIGIN' || row.proposedAs === 'SUSPECTED');
          const words =
            widest === null
              ? 'No incident follows from it.'
              : `The incident that follows has the origins and suspects ${ids(proposed.map((row: Answer) => row.organization.id))}, ` +
                `${hasCore && core !== null ? `core window ${core.from} to ${core.to}, ` : 'no certain window, '}widest window ${widest.from} to ${widest.to}` +
                `${blastRadius === null ? '' : `: ${blastRadius.summary.exposedCount} exposed, ${blastRadius.summary.possibleCount} possible artifacts of ${count(blastRadius.summary.affectedLabCount, 'lab')}`}.`;
          return `${ids([found.id])}: ${count(advisoryMatches.total, 'organization')} by grade. ${words}`;
        },
      };
    return {
      operation: incidentsText,
      variables: { first: most },
      names: {},
      lists: ['incidents'],
      href: '/incidents',
      describe: ({ incidents }) =>
        `${count(incidents.total, 'incident')}, the latest first: ${ids(incidents.rows.map((row: Answer) => row.id))}.`,
    };
  },
});

export const factTools: Readonly<Record<'find' | 'describe' | 'whoCouldLeak' | 'ranking' | 'findings' | 'incident', Tool>> = {
  find,
  describe,
  whoCouldLeak,
  ranking,
  findings,
  incident,
};

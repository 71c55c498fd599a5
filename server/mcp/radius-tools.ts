import { z } from 'zod';
import { formatVolumeSum } from '../exposure/sentence-formats.ts';
import type { Answer, RadiusInput, Tool } from './tool.ts';
import {
  at,
  count,
  id,
  ids,
  lackAfter,
  lackOfWindow,
  namesOf,
  operationOf,
  pickRadius,
  radiusHref,
  radiusInput,
  radiusInputWith,
  radiusOperations,
  radiusVariables,
  summaryWords,
  tool,
  usd,
  windowWords,
} from './tool.ts';

/*
 * The tools about one radius, or about two. Their figures are those of the fields that the page shows.
 */

const asked = 'revision answeredAt knownAt hasCore core { from to } widest { from to } maxHops transferLikelihood minDegree';
const summary =
  'summary { reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd }';
const named = 'id name';
const artifact = `artifact { ${named} type sensitivity owner { ${named} } }`;
const provenance = 'provenance { source file line assertedAt }';
const exposed = 'tier basis portion { low high } isUsable likelihood worstCaseLossUsd weightedLossUsd';

const tiers = z.array(z.enum(['EXPOSED', 'POSSIBLE', 'CONTAINED'])).optional();
const labs = z.array(z.string().max(200)).optional();

const blast = radiusOperations(
  'BlastRadius',
  '$first: Int!, $tiers: [Tier!], $owners: [ID!], $orderBy: ExposedArtifactOrder',
  `blastRadius(input: $input) { ${asked} origins { ${named} } suspectedOrigins { organization { ${named} } likelihood } ${summary}
    certainty { undatedCount attestedCount } totals { records { low high unknownCount } bytes { low high unknownCount } }
    artifacts(first: $first, tiers: $tiers, owners: $owners, orderBy: $orderBy) { totalCount edges { node { ${artifact} ${exposed}
      holders(first: 3) { totalCount edges { node { organization { ${named} } } } } ways(first: 1) { because } wayCount } } }
    labs(first: $first) { totalCount edges { node { lab { ${named} } exposedCount possibleCount containedCount worstCaseLossUsd weightedLossUsd } } }
    reached(first: $first) { totalCount edges { node { organization { ${named} } hops likelihood isSuspected } } }
    blindSpots: dependents(first: $first, blindSpotsOnly: true) { totalCount edges { node { organization { ${named} } rank isFormer } } } }`,
);

const blastRadius = tool({
  name: 'blast_radius',
  title: 'Blast radius of a compromise',
  description:
    'Which methodology artifacts of which AI labs are exposed when these organizations are compromised, in one certain and one widest window. ' +
    'Gives counts, losses, how many records and bytes, artifacts with tier and reason, affected labs, reached organizations and blind spots. Name an incident, or origins with a window.',
  input: radiusInputWith({
    tiers: tiers.describe('Keep artifacts of these tiers.'),
    owners: labs.describe('Keep artifacts of these labs, by id.'),
    orderBy: z
      .enum(['TIER', 'WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'PORTION', 'NAME', 'OWNER'])
      .optional()
      .describe('Order of the artifacts. Default: TIER.'),
  }),
  operations: [blast.plain, blast.saved],
  ask({ tiers, owners, orderBy = 'TIER', ...args }, most) {
    const radius = pickRadius(args);
    return (
      lackOfWindow(radius) ?? {
        operation: operationOf(blast, radius),
        variables: { ...radiusVariables(radius), first: most, tiers, owners, orderBy },
        names: namesOf(radius),
        // An organization known then need not be one of the facts now.
        filters: radius.knownAt === undefined ? (owners ?? []) : [],
        lists: ['blastRadius.artifacts', 'blastRadius.labs', 'blastRadius.blindSpots', 'blastRadius.reached'],
        href: radiusHref(radius, { ...(tiers && { tier: tiers }), ...(owners && { lab: owners }) }),
        findLack: lackAfter(radius),
        describe({ blastRadius: found }) {
          return (
            `If ${originsOf(found)} is compromised (${windowWords(found)}): ${summaryWords(found.summary)}. ` +
            `${volumeWords(found.totals)}${count(found.summary.reachedCount, 'organization')} reached. Affected labs: ${labIds(found.labs.rows, 'lab')}. ` +
            `Blind spots: ${labIds(found.blindSpots.rows, 'organization')}.`
          );
        },
      }
    );
  },
});

/** The volume of all artifacts of the radius, also of those that a filter leaves out. Empty if no copy states one. */
function volumeWords({ records, bytes }: Answer): string {
  const volume = formatVolumeSum(records, bytes);
  return volume === undefined ? '' : `The readable copies carried ${volume}. `;
}

function originsOf({ origins, suspectedOrigins }: Answer): string {
  const suspected = suspectedOrigins.rows.map(({ organization }: Answer) => organization.id as string);
  const sure = ids(origins.rows.map((row: Answer) => row.id));
  if (suspected.length === 0) return sure;
  return origins.total === 0 ? `${ids(suspected)} (suspected)` : `${sure}, and ${ids(suspected)} (suspected),`;
}

function labIds(rows: readonly Answer[], key: string): string {
  return ids(rows.map((row) => row[key].id));
}

const way = `because tier chance yieldShare
  copy { id kind form deletionState portion confidence rank definite { from until } possible { from until } artifact { ${named} }
    transfer { id ${provenance} }
    chain { id sender { ${named} } recipient { ${named} } sentAt form channel ${provenance} } }
  holder { organization { ${named} } hops likelihood
    path { from { ${named} } to { ${named} } likelihood access { id kind ${provenance} } } }
  reveals { artifact { ${named} } reveals { ${named} } degree basis ${provenance} }`;

const why = radiusOperations(
  'Explain',
  '$artifact: ID!, $ids: [ID!], $ways: Int!',
  `artifact(id: $artifact) { ${named} }
   blastRadius(input: $input) { ${asked} artifacts(first: 1, ids: $ids) { totalCount edges { node { ${artifact} ${exposed}
     exposedPortion { low high } weightedShare records { low high isUnknown } bytes { low high isUnknown } wayCount ways(first: $ways) { ${way} } } } } }`,
);

const explain = tool({
  name: 'explain',
  title: 'Why an artifact is exposed',
  description:
    'Why one artifact is in a blast radius: each way in, hop by hop. How compromise spread to the holder, how the copy got there, transfer by transfer, ' +
    'and which other artifact reveals it, each with its source, file and line. Name the artifact, and an incident or origins with a window.',
  input: radiusInputWith({ artifact: id('the artifact') }),
  operations: [why.plain, why.saved],
  ask({ artifact, ...args }) {
    const radius = pickRadius(args);
    const row = 'blastRadius.artifacts.rows.0';
    return (
      lackOfWindow(radius) ?? {
        operation: operationOf(why, radius),
        variables: { ...radiusVariables(radius), artifact, ids: [artifact], ways: 10 },
        names: { ...namesOf(radius), artifacts: [artifact] },
        lists: [`${row}.ways`, `${row}.ways.rows.0.copy.chain`],
        href: radiusHref(radius, { sel: `artifact:${artifact}` }),
        findLack(answer) {
          return lackAfter(radius)(answer) ?? (answer.artifact === null ? { kind: 'record', names: { artifacts: [artifact] } } : undefined);
        },
        describe({ artifact: asked, blastRadius: found }) {
          const [exposed] = found.artifacts.rows;
          if (exposed === undefined)
            return `${ids([asked.id])} is not in this radius (${windowWords(found)}): no recorded copy or reveal leads to it. What nobody recorded is not seen.`;
          const [first] = exposed.ways.rows;
          const steps =
            first === undefined
              ? ''
              : ` The strongest way: the copy ${ids([first.copy.id])} at ${ids([first.holder.organization.id])}, ` +
                `${count(first.holder.path.total, 'step')} of spread, ${count(first.copy.chain.total, 'transfer')}, ${count(first.reveals.total, 'reveal')}.`;
          return (
            `${ids([asked.id])} is ${exposed.tier} (${windowWords(found)}): ${count(exposed.wayCount, 'way')} in; portion ${exposed.portion.low} to ` +
            `${exposed.portion.high}; worst-case loss ${usd(exposed.worstCaseLossUsd)}, weighted loss ${usd(exposed.weightedLossUsd)}.${steps}`
          );
        },
      }
    );
  },
});

const askWhom = radiusOperations(
  'WhomToAsk',
  '$first: Int!',
  `blastRadius(input: $input) { ${asked} ${summary}
    blindSpots: dependents(first: $first, blindSpotsOnly: true) { totalCount edges { node { organization { ${named} } rank isFormer
      path { id client { ${named} } provider { ${named} } service } } } }
    notifiers(first: $first) { totalCount edges { node { ${named} country } } }
    dependents(first: $first) { totalCount edges { node { organization { ${named} } rank isFormer isBlindSpot } } }
    otherCopies(first: $first) { totalCount edges { node { id artifact { ${named} } holder { ${named} } rank form deletionState } } } }`,
);

const whomToAsk = tool({
  name: 'whom_to_ask',
  title: 'Whom to ask and to tell',
  description:
    'Whom to ask about a compromise: blind spots (labs that rely on a reached organization, and no transfer says what that holds), notifiers on the custody ' +
    'chains, everyone who engages a reached organization, and copies elsewhere to recall. Name an incident, or origins with a window.',
  input: radiusInput,
  operations: [askWhom.plain, askWhom.saved],
  ask(args, most) {
    const radius = pickRadius(args);
    return (
      lackOfWindow(radius) ?? {
        operation: operationOf(askWhom, radius),
        variables: { ...radiusVariables(radius), first: most },
        names: namesOf(radius),
        lists: ['blastRadius.blindSpots', 'blastRadius.notifiers', 'blastRadius.dependents', 'blastRadius.otherCopies'],
        href: radiusHref(radius, { tab: 'ask' }),
        findLack: lackAfter(radius),
        describe({ blastRadius: found }) {
          return (
            `Windows: ${windowWords(found)}. Blind spots: ${labIds(found.blindSpots.rows, 'organization')}. ` +
            `Notifiers: ${ids(found.notifiers.rows.map((row: Answer) => row.id))}. ${count(found.dependents.total, 'dependent')} in all; ` +
            `${count(found.otherCopies.total, 'other copy', 'other copies')} to recall at organizations that were not reached.`
          );
        },
      }
    );
  },
});

const changes = `changeCounts { kind count }
  changes(first: $first, kinds: [LEFT, WEAKENED, STRENGTHENED, JOINED]) { totalCount edges { node { kind because artifact { ${named} owner { ${named} } }
    before { tier worstCaseLossUsd weightedLossUsd } after { tier worstCaseLossUsd weightedLossUsd } } } }`;

/** With the incident of each side that names one, whose own windows that radius rests on. */
function compareText(hasBefore: boolean, hasAfter: boolean): string {
  const side = (name: string, isThere: boolean) =>
    isThere
      ? { parameter: `, $${name}: ID!`, field: `${name}: incident(id: $${name}) { core { from to } widest { from to } }` }
      : { parameter: '', field: '' };
  const [before, after] = [side('incidentBefore', hasBefore), side('incidentAfter', hasAfter)];
  return `query Compare($before: BlastRadiusInput!, $after: BlastRadiusInput!, $first: Int!${before.parameter}${after.parameter}) { revision
  ${before.field} ${after.field}
  compareRadius(before: $before, after: $after) {
    before { ${asked} origins { ${named} } ${summary} } after { ${asked} origins { ${named} } ${summary} } ${changes}
    factChanges(first: $first) { totalCount edges { node { kind factKind factId name file line revision at by fields { field before after } } } } } }`;
}

const compareTexts = [compareText(false, false), compareText(true, false), compareText(false, true), compareText(true, true)] as const;

const compare = tool({
  name: 'compare',
  title: 'Compare two radii',
  description:
    'What differs between two blast radii: two windows, two sets of origins, or what was known then and what is known now (knownAt), with the changes of facts ' +
    'behind the difference. Each side names an incident, or origins with a window.',
  input: z.strictObject({ before: radiusInput.describe('The first radius.'), after: radiusInput.describe('The second radius.') }),
  operations: compareTexts,
  ask({ before, after }, most) {
    const [hasBefore, hasAfter] = [before.incident !== undefined, after.incident !== undefined];
    return (
      lackOfWindow(before) ??
      lackOfWindow(after) ?? {
        operation: compareTexts[(hasBefore ? 1 : 0) + (hasAfter ? 2 : 0)] as string,
        variables: {
          ...{ before, after, first: most },
          ...(hasBefore && { incidentBefore: before.incident }),
          ...(hasAfter && { incidentAfter: after.incident }),
        },
        names: namesOf(before, after),
        lists: ['compareRadius.changes', 'compareRadius.factChanges'],
        href: compareHref(before, after),
        findLack: ({ incidentBefore, incidentAfter }) =>
          lackAfter(before)({ incident: incidentBefore ?? null }) ?? lackAfter(after)({ incident: incidentAfter ?? null }),
        describe({ compareRadius: { before, after, changes } }) {
          return `Before (${windowWords(before)}): ${summaryWords(before.summary)}. After (${windowWords(after)}): ${summaryWords(after.summary)}. ${count(changes.total, 'artifact')} changed.`;
        },
      }
    );
  },
});

/** The page compares with a second window or instant of the same origins. It opens the second radius where the origins differ. */
function compareHref(before: RadiusInput, after: RadiusInput): string {
  const sideOf = (radius: RadiusInput) => new URLSearchParams(radiusHref(radius).split('?')[1]);
  const [from, to] = [sideOf(before), sideOf(after)];
  const isSame = ['incident', 'o'].every((name) => from.getAll(name).join('\n') === to.getAll(name).join('\n'));
  if (!isSame) return radiusHref(after);
  const [core, widest] = [from.get('core'), from.get('widest')];
  return radiusHref(after, {
    vs: '',
    ...(core !== null && { vsCore: core }),
    ...(widest !== null && { vsWidest: widest }),
    ...((from.has('knownAt') || to.has('knownAt')) && { vsKnownAt: from.get('knownAt') ?? 'now' }),
  });
}

const ofHolder = z.strictObject({
  holder: z.string().max(200).describe('The id of the organization that holds the copies.'),
  owner: z.string().max(200).optional().describe("Only this lab's artifacts, by id. Default: all."),
  at: at('When.'),
});
const ofOrganization = z.strictObject({ organization: z.string().max(200).describe('The id of the organization.'), at: at('When.') });

const actionInput = z
  .strictObject({
    revokeAccess: z.strictObject({ access: z.string().max(200).describe('The id of the access fact.'), at: at('When.') }).optional(),
    revokeAllAccess: ofOrganization.optional(),
    suspend: ofOrganization.optional(),
    recall: ofHolder.optional(),
    encrypt: ofHolder.optional(),
  })
  .describe(
    'Exactly one: revokeAccess ends an access fact; revokeAllAccess all that an organization has; suspend stops transfers and access; recall deletes its copies; encrypt puts them under a key of the owner.',
  );

const whatIfs = radiusOperations(
  'WhatIf',
  '$actions: [ActionInput!]!, $first: Int!',
  `whatIf(input: $input, actions: $actions) { baseline { ${asked} ${summary} } scenario { ${summary} } ${changes}
    stopped(first: $first) { totalCount edges { node { id client { ${named} } provider { ${named} } service } } } limits }`,
);

const whatIf = tool({
  name: 'what_if',
  title: 'What if something is done',
  description:
    'The radius before and after one or more actions, laid over the facts and never written: revoke access, suspend, recall or encrypt copies. ' +
    'Says what left, what weakened, what stops, and what the actions cannot undo.',
  input: radiusInputWith({ actions: z.array(actionInput).describe('1 to 100 actions, laid over the facts together.') }),
  operations: [whatIfs.plain, whatIfs.saved],
  ask({ actions, ...args }, most) {
    const radius = pickRadius(args);
    const subjects = actions.flatMap(({ revokeAllAccess, suspend, recall, encrypt }) => [
      revokeAllAccess?.organization,
      suspend?.organization,
      ...[recall, encrypt].flatMap((each) => [each?.holder, each?.owner]),
    ]);
    const names = namesOf(radius);
    return (
      lackOfWindow(radius) ?? {
        operation: operationOf(whatIfs, radius),
        variables: { ...radiusVariables(radius), actions, first: most },
        names: { ...names, organizations: [...(names.organizations ?? []), ...subjects] },
        lists: ['whatIf.changes', 'whatIf.stopped'],
        href: radiusHref(radius, { w: actions.flatMap(stepOf) }),
        findLack: lackAfter(radius),
        describe({ whatIf: { baseline, scenario, changes, stopped } }) {
          return (
            `Windows: ${windowWords(baseline)}. Without the actions: ${summaryWords(baseline.summary)}. With them: ${summaryWords(scenario.summary)}. ` +
            `${count(changes.total, 'artifact')} changed; ${count(stopped.total, 'engagement')} would stop. Nothing was written.`
          );
        },
      }
    );
  },
});

/** An action as the page writes it in its address. */
function stepOf(action: z.output<typeof actionInput>): string[] {
  return Object.entries(action).map(([name, given]) => {
    const { access, organization, holder, owner, at } = given as Record<string, string | undefined>;
    const of = owner === undefined ? '' : `/${encodeURIComponent(owner)}`;
    const kind = name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    return `${kind}:${encodeURIComponent(access ?? organization ?? holder ?? '')}${of}@${at}`;
  });
}

const cuts = radiusOperations(
  'BestCuts',
  '$at: DateTime, $budget: Int, $by: CutOrder',
  `blastRadius(input: $input) { ${asked} ${summary} }
   bestCuts(input: $input, at: $at, budget: $budget, by: $by) { position because removedWeightedLossUsd removedWorstCaseLossUsd remainingWeightedLossUsd
     action { kind at organization { ${named} } access { id grantee { ${named} } grantor { ${named} } } owner { ${named} } } }`,
);

const bestCuts = tool({
  name: 'best_cuts',
  title: 'The best cuts',
  description:
    'The few actions that take most out of a radius: the one that leaves least, then the next given it, and so on. Each encrypts what one organization holds, or ' +
    'revokes one access. By default as if done when the widest window begins.',
  input: radiusInputWith({
    at: at('When the cuts are made. Default: the begin of the widest window.').optional(),
    budget: z.number().optional().describe('How many cuts at most, 1 to 10. Default 5.'),
    by: z.enum(['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'LABS']).optional().describe('Which figure a cut lowers. Default: WEIGHTED_LOSS.'),
  }),
  operations: [cuts.plain, cuts.saved],
  ask({ at, budget = 5, by = 'WEIGHTED_LOSS', ...args }) {
    const radius = pickRadius(args);
    return (
      lackOfWindow(radius) ?? {
        operation: operationOf(cuts, radius),
        variables: { ...radiusVariables(radius), at, budget, by },
        names: namesOf(radius),
        lists: ['bestCuts'],
        href: radiusHref(radius, { w: '' }),
        findLack: lackAfter(radius),
        describe({ blastRadius: found, bestCuts: best }) {
          const [first] = best?.rows ?? [];
          const words =
            first === undefined
              ? 'No single cut lowers the figure.'
              : `The best cut is ${first.action.kind} of ${ids([first.action.organization?.id ?? first.action.access?.id ?? ''])}: it removes ${usd(first.removedWeightedLossUsd)} of weighted loss.`;
          return `Windows: ${windowWords(found)}. Without a cut: ${summaryWords(found.summary)}. ${count(best?.total ?? 0, 'cut')}. ${words}`;
        },
      }
    );
  },
});

export const radiusTools: Readonly<Record<'blastRadius' | 'explain' | 'whomToAsk' | 'compare' | 'whatIf' | 'bestCuts', Tool>> = {
  blastRadius,
  explain,
  whomToAsk,
  compare,
  whatIf,
  bestCuts,
};

import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { formatInstant } from '../domain/instants.ts';
import { tableOf } from '../export/rows.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import type { Asker } from '../questions/asker.ts';
import { knownTo, planIncident } from '../questions/incidents/plan-incident.ts';
import { saveIncident } from '../questions/incidents/save-incident.ts';
import { refuseFaults } from '../questions/records/faults.ts';
import { askPackageMatches, type SoftwareView } from '../questions/software/ask-matches.ts';
import { type AskedProposal, askProposal, keepProposal } from '../questions/software/ask-proposal.ts';
import type { ClaimInput } from '../questions/software/save-software.ts';
import { describeMatch } from '../software/describe-match.ts';
import type { SoftwareMatch, SoftwareQuestion } from '../software/find-matches.ts';
import type { StoreFlags } from './command/run-command.ts';
import { formatTable, oneLine, print, printJson, tell, UsageError, withJson, withStore } from './command/run-command.ts';
import { parseTyped, windowOption } from './command/window-option.ts';
import { withAsker } from './command/with-asker.ts';
import { listing, printRows } from './lists.ts';

type ListFlags = Parameters<typeof printRows>[1];

/** `exposure software PACKAGE[@VERSION]`: who had it. */
export function softwareCommand(): Command {
  return listing('software', 'List who had a package, or a version of it, as their software lists say.')
    .argument('<package>', 'a package URL, such as pkg:pypi/litellm@1.82.7; without a version: any')
    .addOption(windowOption('--during <a/b>', 'only in this window, two dates or instants; default: ever'))
    .action(async (name: string, flags: ListFlags & { during?: Window }) => {
      const table = await withAsker(flags, async (asker) => {
        const { view, found } = await askPackageMatches(asker, { package: name, versions: [], during: flags.during });
        return tableOf('software', ['organization', 'grade', 'versions', 'because'], found.matches, (match) =>
          rowOf(view, found.question, match),
        );
      });
      printRows(table, flags, `No list names ${name}, and every organization that could hold something of a lab has a list.`, 300);
    });
}

function rowOf(view: SoftwareView, question: SoftwareQuestion, match: SoftwareMatch) {
  const { versions, because } = describeMatch(view.index, question, match, view.placeOf);
  return { organization: match.organization, grade: match.grade, versions, because };
}

interface ProposeFlags extends StoreFlags {
  readonly available?: readonly { readonly from: number | null; readonly until: number | null }[];
  readonly source?: readonly string[];
  readonly treatAsCompromise?: boolean;
  readonly save?: string;
}

/** `exposure incident propose ADVISORY`: what an advisory proposes as an incident. */
export function proposeCommand(): Command {
  return withJson(withStore(new Command('propose')))
    .description(
      'Propose an incident from an advisory: who had the affected version, when, and what each bound follows from. Writes nothing without --save.',
    )
    .argument('<advisory>', 'its id, or an alias')
    .addOption(
      new Option(
        '--available <a/b>',
        'when an affected version could be installed, as two instants; one side may be empty; once for each claim',
      ).argParser((text, before: ProposeFlags['available']) => [...(before ?? []), readClaimWindow(text)]),
    )
    .addOption(
      new Option('--source <text>', 'who says so; once for each --available, in the same order').argParser(
        (text, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .option('--treat-as-compromise', 'propose an incident from a vulnerability, too')
    .option('--save <name>', 'save the proposal as an incident of this name, and print its id')
    .action(async (advisory: string, flags: ProposeFlags) => {
      const claims = claimsOf(flags);
      await withAsker(flags, async (asker) => {
        const input = { advisory, claims, treatAsCompromise: flags.treatAsCompromise === true };
        const proposal = await askProposal(asker, { ...input, origins: undefined, suspectedOrigins: undefined, discoveredAt: null });
        if (flags.save !== undefined) await save(asker, proposal, flags.save, flags);
        else if (flags.json) printJson(toJson(proposal));
        else report(proposal);
      });
    });
}

function readClaimWindow(text: string): { from: number | null; until: number | null } {
  const [from, until, ...more] = text.split('/').map((one) => (one === '' ? null : parseTyped(one)));
  if (from === undefined || until === undefined || more.length > 0 || (from === null && until === null))
    throw new InvalidArgumentError('Expected two instants, such as 2026-03-24T10:52Z/2026-03-24T11:25Z; one side may be empty.');
  return { from, until };
}

function claimsOf({ available = [], source = [] }: ProposeFlags): ClaimInput[] {
  if (available.length !== source.length)
    throw new UsageError(
      `${available.length} --available and ${source.length} --source are given. Give one --source for each --available.`,
    );
  return available.map((window, at) => ({ package: null, versions: [], ...window, source: source[at] as string }));
}

/** Organizations by grade, then the windows with the sentences of their bounds. */
function report({ view, proposed }: AskedProposal): void {
  const rows = proposed.matches.map((match) => {
    const { grade, because } = rowOf(view, proposed.question, match);
    return [match.organization, grade, match.proposedAs ?? '-', oneLine(because)];
  });
  if (rows.length > 0) print(formatTable(['ORGANIZATION', 'GRADE', 'PROPOSED AS', 'BECAUSE'], rows, 300));
  tell(`${proposed.withoutPackageCount.toLocaleString('en-US')} organizations have lists that never name an affected package.`);
  const { core, widest, hasCore } = proposed;
  if (widest === null) {
    tell('Nobody is proposed as an origin, so there is no incident to propose.');
    return;
  }
  print(hasCore && core !== null ? `core    ${formatWindow(core)}` : 'core    none: nobody certainly had an affected version');
  print(`widest  ${formatWindow(widest)}`);
  for (const sentence of proposed.bounds) print(sentence);
}

const formatWindow = ({ from, to }: Window) => `${formatInstant(from)} / ${formatInstant(to)}`;

function toJson({ view, advisory, proposed }: AskedProposal): object {
  const window = (value: Window | null) => value && { from: formatInstant(value.from), to: formatInstant(value.to) };
  return {
    advisory: advisory.id,
    origins: proposed.origins,
    suspectedOrigins: proposed.suspectedOrigins,
    hasCore: proposed.hasCore,
    core: window(proposed.core),
    widest: window(proposed.widest),
    bounds: proposed.bounds,
    withoutPackageCount: proposed.withoutPackageCount,
    matches: proposed.matches.map((match) => ({ ...rowOf(view, proposed.question, match), proposedAs: match.proposedAs })),
  };
}

async function save(asker: Asker, proposal: AskedProposal, name: string, flags: StoreFlags): Promise<void> {
  const { proposed, radius } = proposal;
  if (radius === undefined) throw new UsageError('Nobody is proposed as an origin, so there is no incident to save.');
  const { origins, suspectedOrigins, hasCore, core, widest } = proposed;
  const windows = { core: core ?? undefined, widest: widest ?? undefined };
  const change = {
    name,
    origins,
    suspectedOrigins,
    hasCore,
    ...windows,
    cause: 'THIRD_PARTY' as const,
    proposal: await keepProposal(asker, proposal),
  };
  const known = await knownTo(asker, await asker.facts(), change);
  const id = randomUUID();
  const { saved, faults } = await saveIncident(asker, 'local', id, false, undefined, (before) =>
    planIncident(known, id, before, change, asker.now),
  );
  refuseFaults(faults);
  if (flags.json) printJson({ incident: saved?.incident.id ?? id });
  else print(saved?.incident.id ?? id);
}

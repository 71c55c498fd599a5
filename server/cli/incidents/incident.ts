import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { checkOriginCount, incidentCauses, incidentStates } from '../../domain/incident.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { RadiusTotals } from '../../domain/records/incident-log.ts';
import type { Window } from '../../exposure/radius/radius-types.ts';
import type { SavedIncident } from '../../questions/incidents/ask-incidents.ts';
import { getSavedIncident, listIncidents } from '../../questions/incidents/ask-incidents.ts';
import { listEntries } from '../../questions/incidents/incident-history.ts';
import type { IncidentChange } from '../../questions/incidents/plan-incident.ts';
import { knownTo, planIncident } from '../../questions/incidents/plan-incident.ts';
import { readResolvedIncident } from '../../questions/incidents/resolved-incident.ts';
import { addIncidentNote, saveIncident } from '../../questions/incidents/save-incident.ts';
import type { StoreFlags } from '../run-command.ts';
import { formatTable, instantOption, oneLine, print, printJson, tell, withJson, withStore } from '../run-command.ts';
import { numberOption, windowOption } from '../window-option.ts';
import { askCommand } from './ask.ts';
import { noticesCommand, tellCommand } from './notices.ts';
import { planCommand, tickCommand } from './plan.ts';
import { refuseFaults } from './refuse-faults.ts';
import { reportCommand } from './report.ts';
import { withAsker } from './with-asker.ts';

interface ChangeFlags extends StoreFlags {
  readonly name?: string;
  readonly state?: string;
  readonly origin?: readonly string[];
  readonly core?: Window;
  readonly widest?: Window;
  readonly discoveredAt?: number;
  readonly maxHops?: number;
  readonly transferLikelihood?: number;
  readonly minDegree?: number;
  readonly cause?: string;
  readonly ifVersion?: number;
}

export function incidentCommand(): Command {
  return new Command('incident')
    .description('List, show, open and change incidents, and work through their plans.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(openCommand())
    .addCommand(saveCommand())
    .addCommand(noteCommand())
    .addCommand(noticesCommand())
    .addCommand(tellCommand())
    .addCommand(askCommand())
    .addCommand(planCommand())
    .addCommand(tickCommand())
    .addCommand(reportCommand());
}

function listCommand(): Command {
  return withJson(withStore(new Command('list')))
    .description('List incidents, the latest updated first.')
    .action(async (flags: StoreFlags) => {
      const incidents = await withAsker(flags, async (asker) => {
        const projection = await asker.facts();
        const saved = await listIncidents(asker);
        return Promise.all(saved.map(async (one) => ({ ...one, incident: await readResolvedIncident(asker, projection, one.incident) })));
      });
      if (flags.json) printJson(incidents.map(toJson));
      else if (incidents.length === 0) tell('There are no incidents yet. Open one with: exposure incident open NAME --origin ORGANIZATION');
      else {
        const rows = incidents.map(({ incident, version }) => [
          incident.id,
          incident.state,
          `${version}`,
          formatInstant(incident.updatedAt),
          incident.origins.join(' '),
          incident.name,
        ]);
        print(formatTable(['INCIDENT', 'STATE', 'VERSION', 'UPDATED', 'ORIGINS', 'NAME'], rows));
      }
    });
}

function showCommand(): Command {
  return withJson(withStore(new Command('show')))
    .description('Show an incident and its history.')
    .argument('<id>', 'id of the incident')
    .action(async (id: string, flags: StoreFlags) => {
      const { saved, entries } = await withAsker(flags, async (asker) => {
        const saved = await getSavedIncident(asker, id);
        const incident = await readResolvedIncident(asker, await asker.facts(), saved.incident);
        return { saved: { ...saved, incident }, entries: await listEntries(asker, saved.incident) };
      });
      if (flags.json) {
        const shown = entries.map(({ at, ...entry }) => ({ at: formatInstant(at), ...entry }));
        printJson({ ...toJson(saved), entries: shown });
        return;
      }
      const rows = Object.entries(toJson(saved)).map(([field, value]) => [field, showValue(value)]);
      print(formatTable(['FIELD', 'VALUE'], rows, 200));
      print('');
      const history = entries.map(({ at, by, after, text }) => [formatInstant(at), by, countsOf(after), oneLine(text)]);
      print(formatTable(['AT', 'BY', 'EXPOSED+POSSIBLE', 'ENTRY'], history, 200));
    });
}

const openHelp = `
Example, from the news to the packs:
  exposure incident open "Break-in at Quillmark" --origin quillmark \\
    --widest 2026-09-19/2026-10-01 --discovered-at 2026-10-02
  exposure radius --incident ID     what is exposed
  exposure incident notices ID      who has to tell whom, and by when
  exposure notify ID packs          a pack for each lab
  exposure incident tell ID LAB     a lab was told`;

function openCommand(): Command {
  return withChange(new Command('open'))
    .description('Open an incident, and print its id.')
    .argument('<name>', 'name of the incident')
    .addHelpText('after', openHelp)
    .action(async (name: string, flags: ChangeFlags) => {
      report(await save(flags, undefined, { ...changeOf(flags), name }), flags);
    });
}

function noteCommand(): Command {
  return withJson(withStore(new Command('note')))
    .description('Add a note to the history of an incident.')
    .argument('<id>', 'id of the incident')
    .argument('<text>', 'what was found out, decided or said')
    .action(async (id: string, text: string, flags: StoreFlags) => {
      const entry = await withAsker(flags, async (asker) => {
        const { saved, faults } = await addIncidentNote(asker, 'local', id, text);
        refuseFaults(faults);
        return saved?.incident.log.entries.at(-1)?.text ?? '';
      });
      if (flags.json) printJson({ incident: id, entry });
      else print(entry);
    });
}

function saveCommand(): Command {
  return withChange(new Command('save'))
    .description('Change an incident. A flag that is left out keeps its field.')
    .argument('<id>', 'id of the incident')
    .option('--name <name>', 'its new name')
    .addOption(numberOption('--if-version <n>', 'refuse the change if the incident has another version'))
    .action(async (id: string, flags: ChangeFlags) => {
      report(await save(flags, id, changeOf(flags)), flags);
    });
}

function withChange(command: Command): Command {
  return withJson(withStore(command))
    .option('--origin <organization...>', 'ids of the compromised organizations')
    .addOption(
      windowOption(
        '--core <a/b>',
        'window of the confirmed compromise, as two dates or instants; default: the widest; without either: what is held now',
      ),
    )
    .addOption(windowOption('--widest <a/b>', 'window of the possible compromise'))
    .addOption(instantOption('--discovered-at <instant>', 'when the breach became known; notice terms run from it'))
    .addOption(new Option('--state <state>', 'its state').choices(incidentStates.map((state) => state.toLowerCase())))
    .addOption(
      new Option('--cause <cause>', 'why it happened; notices state it').choices(
        incidentCauses.map((cause) => cause.toLowerCase().replaceAll('_', '-')),
      ),
    )
    .addOption(numberOption('--max-hops <n>', 'maximum steps of spread, 0 to 10'))
    .addOption(numberOption('--transfer-likelihood <p>', 'likelihood that compromise spreads along a transfer, 0 to 1'))
    .addOption(numberOption('--min-degree <d>', 'smallest product of degrees that counts, 0 to 1'));
}

function changeOf(flags: ChangeFlags): IncidentChange {
  const { maxHops, transferLikelihood, minDegree } = flags;
  checkOriginCount(flags.origin ?? []);
  return {
    name: flags.name,
    state: flags.state?.toUpperCase() as IncidentChange['state'],
    cause: flags.cause?.toUpperCase().replaceAll('-', '_') as IncidentChange['cause'],
    origins: flags.origin,
    core: flags.core,
    widest: flags.widest,
    discoveredAt: flags.discoveredAt,
    options: { maxHops, transferLikelihood, minDegree },
  };
}

function save(flags: ChangeFlags, id: string | undefined, change: IncidentChange): Promise<SavedIncident> {
  return withAsker(flags, async (asker) => {
    const known = await knownTo(asker, await asker.facts(), change);
    const chosen = id ?? randomUUID();
    const { saved, faults } = await saveIncident(asker, 'local', chosen, id !== undefined, flags.ifVersion, (before) =>
      planIncident(known, chosen, before, change, asker.now),
    );
    refuseFaults(faults);
    return saved as SavedIncident;
  });
}

function report(saved: SavedIncident, flags: StoreFlags): void {
  if (flags.json) printJson(toJson(saved));
  else print(saved.incident.id);
}

function countsOf(totals: RadiusTotals | null): string {
  return totals === null ? '-' : `${totals.exposedCount}+${totals.possibleCount}`;
}

/** The fields as the API has them, instants as RFC 3339. */
function toJson({ incident, version }: SavedIncident): Record<string, unknown> {
  const instant = (value: number | null) => (value === null ? null : formatInstant(value));
  const window = (value: Window | null) => value && { from: formatInstant(value.from), to: formatInstant(value.to) };
  return {
    id: incident.id,
    version,
    name: incident.name,
    state: incident.state,
    discoveredAt: instant(incident.discoveredAt),
    origins: incident.origins,
    core: window(incident.core),
    widest: window(incident.widest),
    scope: incident.scope,
    maxHops: incident.maxHops,
    transferLikelihood: incident.transferLikelihood,
    minDegree: incident.minDegree,
    cause: incident.cause,
    createdAt: instant(incident.createdAt),
    updatedAt: instant(incident.updatedAt),
  };
}

function showValue(value: unknown): string {
  if (value === null) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

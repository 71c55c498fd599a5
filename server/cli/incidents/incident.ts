import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { checkOriginCount, incidentCauses, incidentStates } from '../../domain/incident.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { StatedRadiusOptions } from '../../domain/radius-options.ts';
import { mapRadiusOptions, pickRadiusOptions } from '../../domain/radius-options.ts';
import type { RadiusSummary } from '../../domain/records/incident-log.ts';
import { formatTransfers } from '../../export/export-facts.ts';
import { questionnaireDocument } from '../../export/questionnaire-document.ts';
import { reportDocument } from '../../export/report-document.ts';
import type { Window } from '../../exposure/radius/radius-types.ts';
import type { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import { getNamed } from '../../questions/explore/ask-named.ts';
import { getSavedIncident, listIncidents, readResolvedIncident, type SavedIncident } from '../../questions/incidents/ask-incidents.ts';
import { askReport } from '../../questions/incidents/ask-report.ts';
import { listEntries } from '../../questions/incidents/incident-history.ts';
import type { IncidentChange } from '../../questions/incidents/plan-incident.ts';
import { knownTo, planIncident } from '../../questions/incidents/plan-incident.ts';
import { addIncidentNote, saveIncident } from '../../questions/incidents/save-incident.ts';
import { refuseFaults } from '../../questions/records/faults.ts';
import { writeDocument } from '../../questions/write-document.ts';
import { makeFolder } from '../../store/make-folder.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { formatTable, instantOption, oneLine, print, printJson, tell, withJson, withStore } from '../command/run-command.ts';
import type { DoubtFlags } from '../command/window-option.ts';
import { doubtOf, nameSuspects, numberOption, windowOption, withDoubtOptions, withRadiusOptions } from '../command/window-option.ts';
import { withAsker } from '../command/with-asker.ts';
import { proposeCommand } from '../software.ts';
import { noticesCommand, tellCommand } from './notices.ts';
import { planCommand, tickCommand } from './plan.ts';

interface ChangeFlags extends StoreFlags, StatedRadiusOptions, DoubtFlags {
  readonly name?: string;
  readonly state?: string;
  readonly origin?: readonly string[];
  readonly widest?: Window;
  readonly discoveredAt?: number;
  readonly cause?: string;
  readonly ifVersion?: number;
}

export function incidentCommand(): Command {
  return new Command('incident')
    .description('List, show, open and change incidents, and work through their plans.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(openCommand())
    .addCommand(proposeCommand())
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
          [...incident.origins, ...incident.suspectedOrigins.map((one) => `${one.organization}?`)].join(' '),
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
  const changed = withJson(withStore(command))
    .option('--origin <organization...>', 'ids or names of the compromised organizations')
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
    );
  return withRadiusOptions(withDoubtOptions(changed), false);
}

function changeOf(flags: ChangeFlags): IncidentChange {
  checkOriginCount(flags.origin ?? [], flags.suspected);
  return {
    name: flags.name,
    state: flags.state?.toUpperCase() as IncidentChange['state'],
    cause: flags.cause?.toUpperCase().replaceAll('-', '_') as IncidentChange['cause'],
    origins: flags.origin,
    ...doubtOf(flags),
    widest: flags.widest,
    discoveredAt: flags.discoveredAt,
    options: mapRadiusOptions(({ name }) => flags[name]),
  };
}

function save(flags: ChangeFlags, id: string | undefined, stated: IncidentChange): Promise<SavedIncident> {
  return withAsker(flags, async (asker) => {
    const { origins, suspectedOrigins } = stated;
    const named = origins && (await Promise.all(origins.map((text) => idOf(asker, text))));
    const change = { ...stated, origins: named, suspectedOrigins: await nameSuspects(asker, suspectedOrigins ?? undefined) };
    const known = await knownTo(asker, await asker.facts(), change);
    const chosen = id ?? randomUUID();
    const { saved, faults } = await saveIncident(asker, 'local', chosen, id !== undefined, flags.ifVersion, (before) =>
      planIncident(known, chosen, before, change, asker.now),
    );
    refuseFaults(faults);
    return saved as SavedIncident;
  });
}

/** The id that a name stands for. A text that names none stays, and is told with the other faults of the change. */
async function idOf(asker: Asker, text: string): Promise<string> {
  try {
    return await getNamed(asker, 'organization', text);
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'NOT_FOUND') return text;
    throw error;
  }
}

function report(saved: SavedIncident, flags: StoreFlags): void {
  if (flags.json) printJson(toJson(saved));
  else print(saved.incident.id);
}

function countsOf(totals: RadiusSummary | null): string {
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
    suspectedOrigins: incident.suspectedOrigins,
    hasCore: incident.hasCore,
    core: window(incident.core),
    widest: window(incident.widest),
    scope: incident.scope,
    ...pickRadiusOptions(incident),
    cause: incident.cause,
    advisory: incident.advisory,
    createdAt: instant(incident.createdAt),
    updatedAt: instant(incident.updatedAt),
  };
}

function showValue(value: unknown): string {
  if (value === null) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function reportCommand(): Command {
  return withJson(withStore(new Command('report')))
    .description('Write the executive report of an incident: three pages, as PDF.')
    .argument('<id>', 'id of the incident')
    .argument('<file>', 'the PDF to write; an earlier file is replaced')
    .action(async (id: string, file: string, flags: StoreFlags) => {
      const pdf = await withAsker(flags, async (asker) => writeDocument(asker, 'pdf', reportDocument(await askReport(asker, id))));
      writeFileSync(file, pdf);
      if (flags.json) printJson({ incident: id, file });
      else print(file);
    });
}

interface AskFlags extends StoreFlags {
  readonly lab?: string;
}

function askCommand(): Command {
  return withJson(withStore(new Command('ask')))
    .description('Write a questionnaire: what an organization is thought to hold, as holdings.csv and as a PDF to print.')
    .argument('<organization>', 'id or name of the organization to ask')
    .argument('<folder>', 'where the files go; files of an earlier run are replaced')
    .option('--lab <lab>', 'ask only about the artifacts of this lab, by id or name')
    .addHelpText('after', '\nIts answer is the filled-in file: exposure import --respondent ORGANIZATION holdings.csv')
    .action(async (organization: string, folder: string, flags: AskFlags) => {
      const files = await withAsker(flags, async (asker) => {
        const owner = flags.lab === undefined ? undefined : await getNamed(asker, 'organization', flags.lab);
        const asked = { holder: await getNamed(asker, 'organization', organization), owner };
        const { projection, holder, transfers } = await askHoldings(asker, asked);
        let rows = '';
        for await (const piece of formatTransfers(asker.questions.store, transfers, projection.revision)) rows += piece;
        const pdf = await writeDocument(asker, 'pdf', questionnaireDocument(projection, holder, transfers, asker.now));
        makeFolder(folder);
        writeFileSync(join(folder, 'holdings.csv'), rows);
        writeFileSync(join(folder, 'questionnaire.pdf'), pdf);
        return [join(folder, 'holdings.csv'), join(folder, 'questionnaire.pdf')];
      });
      if (flags.json) printJson(files);
      else print(files.join('\n'));
    });
}

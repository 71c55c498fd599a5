import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { formatInstant } from '../../domain/instants.ts';
import type { NoticeState } from '../../domain/records/incident-log.ts';
import { noticeStates } from '../../domain/records/incident-log.ts';
import { noticesCalendar } from '../../export/notices-calendar.ts';
import { getNamed } from '../../questions/explore/ask-named.ts';
import type { SavedIncident } from '../../questions/incidents/ask-incidents.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import type { NoticeFilter } from '../../questions/incidents/ask-notices.ts';
import { askNoticeGroups, askNotices } from '../../questions/incidents/ask-notices.ts';
import { setNotice, setNotices, undoNotices } from '../../questions/incidents/set-notice.ts';
import { refuseFaults } from '../../questions/records/faults.ts';
import type { NoticeTermState } from '../../rules/notice-due.ts';
import { noticeTerms } from '../../rules/notice-due.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { formatTable, instantOption, oneLine, print, printJson, tell, withJson, withStore } from '../command/run-command.ts';
import { withAsker } from '../command/with-asker.ts';

interface FilterFlags {
  readonly lab?: string;
  readonly notifier?: string;
  readonly state?: string[];
  readonly term?: string[];
  readonly owner?: string[];
  readonly text?: string;
}

interface NoticesFlags extends StoreFlags, FilterFlags {
  readonly calendar?: string;
  readonly by?: 'lab' | 'notifier';
}

const toWord = (value: string) => value.toLowerCase().replaceAll('_', '-');
const toValue = <T extends string>(word: string) => word.toUpperCase().replaceAll('-', '_') as T;

/** Options that choose notices. `nobody` stands for no notifier and no owner. */
function withFilter(command: Command): Command {
  return command
    .option('--lab <id>', 'only notices to this lab')
    .option('--notifier <id>', 'only notices that this organization must give; nobody: those that only the owner of the incident can give')
    .addOption(new Option('--state <state...>', 'only these states').choices(noticeStates.map(toWord)))
    .addOption(new Option('--term <term...>', 'only notices that stand so to their term').choices(noticeTerms.map(toWord)))
    .option('--owner <name...>', 'only notices that these people see to; nobody: those that nobody sees to')
    .option('--text <part>', 'only notices with this in the name or id of the lab or of who must tell, or in the owner');
}

function toFilter({ lab, notifier, state, term, owner, text }: FilterFlags): NoticeFilter {
  return {
    lab,
    notifier: notifier === 'nobody' ? null : notifier,
    states: state?.map(toValue<NoticeState>),
    terms: term?.map(toValue<NoticeTermState>),
    owners: owner?.map((name) => (name === 'nobody' ? '' : name)),
    text,
  };
}

const showInstant = (value: number | null) => (value === null ? null : formatInstant(value));

export function noticesCommand(): Command {
  return withFilter(withJson(withStore(new Command('notices'))))
    .description('List who has to tell each lab, and by when, the earliest due first.')
    .argument('<id>', 'id of the incident')
    .addOption(
      new Option('--by <what>', 'count the notices of each lab, or of each organization that must tell').choices(['lab', 'notifier']),
    )
    .option('--calendar <file>', 'also write the notices that are still to be told as a calendar file (.ics)')
    .action(async (id: string, flags: NoticesFlags) => {
      if (flags.by !== undefined) return printGroups(id, flags, flags.by);
      const listed = await withAsker(flags, async (asker) => {
        const incident = await getIncident(asker, id);
        const { projection, notices } = await askNotices(asker, incident, toFilter(flags));
        const { organizations } = projection;
        if (flags.calendar !== undefined) writeFileSync(flags.calendar, noticesCalendar(projection, notices, incident, asker.now));
        return notices.map(({ lab, notifier, dueAt, state, toldAt, answeredAt, note, owner, by, term }) => ({
          lab: organizations.id.get(lab),
          notifier: notifier < 0 ? null : organizations.id.get(notifier),
          dueAt: showInstant(dueAt),
          state,
          toldAt: showInstant(toldAt),
          answeredAt: showInstant(answeredAt),
          note,
          owner,
          by,
          term,
        }));
      });
      if (flags.json) printJson(listed);
      else if (listed.length === 0) tell(nothingFound(flags));
      else {
        const rows = listed.map(({ lab, notifier, dueAt, state, term, owner, note }) => [
          lab,
          notifier ?? '-',
          dueAt ?? '-',
          state,
          term,
          oneLine(owner ?? '-'),
          oneLine(note ?? '-'),
        ]);
        print(formatTable(['LAB', 'MUST BE TOLD BY', 'DUE', 'STATE', 'TERM', 'OWNER', 'NOTE'], rows, 160));
      }
    });
}

function nothingFound({ lab, notifier, state, term, owner, text }: FilterFlags): string {
  const isFiltered = [lab, notifier, state, term, owner, text].some((value) => value !== undefined);
  return isFiltered ? 'No notice fits.' : 'No lab must be told: none is affected, and none is a blind spot.';
}

async function printGroups(id: string, flags: NoticesFlags, by: 'lab' | 'notifier'): Promise<void> {
  const groups = await withAsker(flags, async (asker) => {
    const incident = await getIncident(asker, id);
    const { projection, groups } = await askNoticeGroups(asker, incident, by === 'lab' ? 'LAB' : 'NOTIFIER', toFilter(flags));
    const { id: ids } = projection.organizations;
    return groups.map(({ organization, counts, nextDueAt, owners }) => ({
      organization: organization < 0 ? null : ids.get(organization),
      ...counts,
      nextDueAt: showInstant(nextDueAt),
      owners,
    }));
  });
  if (flags.json) return printJson(groups);
  if (groups.length === 0) return tell(nothingFound(flags));
  const head = ['total', 'toTell', 'overdue', 'dueToday', 'inTime', 'late'] as const;
  const rows = groups.map((group) => [
    group.organization ?? '-',
    ...head.map((count) => String(group[count])),
    group.nextDueAt ?? '-',
    oneLine(group.owners.join(', ') || '-'),
  ]);
  const who = by === 'lab' ? 'LAB' : 'MUST TELL';
  print(formatTable([who, 'NOTICES', 'TO TELL', 'OVERDUE', 'DUE TODAY', 'IN TIME', 'LATE', 'NEXT DUE', 'OWNERS'], rows, 160));
}

interface TellFlags extends StoreFlags {
  readonly by?: string;
  readonly state: string;
  readonly note?: string;
  readonly at?: number;
  readonly owner?: string;
  readonly undo?: string;
}

export function tellCommand(): Command {
  return withJson(withStore(new Command('tell')))
    .description('Record that labs were told, or that they answered. It sends nothing: `exposure notify` writes what to send.')
    .argument('<id>', 'id of the incident')
    .argument('[lab...]', 'ids or names of the labs')
    .option('--by <organization>', 'id or name of the organization that told them; needed where several are to tell one lab')
    .addOption(new Option('--state <state>', 'the state of the notices').choices(noticeStates.map(toWord)).default('told'))
    .addOption(instantOption('--at <instant>', 'when they were told, not in the future; now, if left out'))
    .option('--owner <name>', 'who sees to it')
    .option('--note <text>', 'how, and to whom')
    .option('--undo <change>', 'puts back what this change of notices changed, as --json printed it')
    .action(async (id: string, labs: string[], flags: TellFlags) => {
      const { entry, change } = await withAsker(flags, async (asker) => {
        if (flags.undo !== undefined) return { entry: lastEntry(await undoNotices(asker, 'local', id, flags.undo)), change: null };
        const notifier = flags.by === undefined ? undefined : await getNamed(asker, 'organization', flags.by);
        const named = await Promise.all(labs.map(async (lab) => ({ lab: await getNamed(asker, 'organization', lab), notifier })));
        const { owner, at: toldAt, note } = flags;
        const stated = { state: toValue<NoticeState>(flags.state), toldAt, owner, note };
        const [only] = named;
        const { saved, change, faults } =
          named.length === 1 && only !== undefined
            ? await setNotice(asker, 'local', id, only, stated)
            : await setNotices(asker, 'local', id, named, stated);
        refuseFaults(faults);
        return { entry: saved === null ? '' : lastEntry(saved), change };
      });
      if (flags.json) printJson({ incident: id, ...(labs.length === 1 ? { lab: labs[0] } : { labs }), change, entry });
      else print(entry);
    });
}

function lastEntry({ incident }: SavedIncident): string {
  return incident.log.entries.at(-1)?.text ?? '';
}

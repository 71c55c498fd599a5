import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { formatInstant } from '../../domain/instants.ts';
import { noticeStates } from '../../domain/records/notice.ts';
import { noticesCalendar } from '../../export/pack/notices-calendar.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askNotices } from '../../questions/incidents/ask-notices.ts';
import { setNotice } from '../../questions/incidents/set-notice.ts';
import type { StoreFlags } from '../run-command.ts';
import { formatTable, oneLine, print, printJson, tell, withJson, withStore } from '../run-command.ts';
import { refuseFaults } from './refuse-faults.ts';
import { withAsker } from './with-asker.ts';

interface NoticesFlags extends StoreFlags {
  readonly calendar?: string;
}

export function noticesCommand(): Command {
  return withJson(withStore(new Command('notices')))
    .description('List who has to tell each lab, and by when, the earliest due first.')
    .argument('<id>', 'id of the incident')
    .option('--calendar <file>', 'also write the notices that are still to be told as a calendar file (.ics)')
    .action(async (id: string, flags: NoticesFlags) => {
      const listed = await withAsker(flags, async (asker) => {
        const incident = await getIncident(asker, id);
        const { projection, notices } = await askNotices(asker, incident);
        const { organizations } = projection;
        if (flags.calendar !== undefined) writeFileSync(flags.calendar, noticesCalendar(projection, notices, incident, asker.now));
        const instant = (value: number | null) => (value === null ? null : formatInstant(value));
        return notices.map(({ lab, notifier, dueAt, state, toldAt, answeredAt, note, by }) => ({
          lab: organizations.id.get(lab),
          notifier: notifier < 0 ? null : organizations.id.get(notifier),
          dueAt: instant(dueAt),
          state,
          toldAt: instant(toldAt),
          answeredAt: instant(answeredAt),
          note,
          by,
        }));
      });
      if (flags.json) printJson(listed);
      else if (listed.length === 0) tell('No lab must be told: none is affected, and none is a blind spot.');
      else {
        const rows = listed.map(({ lab, notifier, dueAt, state, note }) => [
          lab,
          notifier ?? '-',
          dueAt ?? '-',
          state,
          oneLine(note ?? '-'),
        ]);
        print(formatTable(['LAB', 'MUST BE TOLD BY', 'DUE', 'STATE', 'NOTE'], rows, 120));
      }
    });
}

interface TellFlags extends StoreFlags {
  readonly by?: string;
  readonly state: string;
  readonly note?: string;
}

export function tellCommand(): Command {
  const states = noticeStates.map((state) => state.toLowerCase().replaceAll('_', '-'));
  return withJson(withStore(new Command('tell')))
    .description('Record that a lab was told, or that it answered. It sends nothing: `exposure notify` writes what to send.')
    .argument('<id>', 'id of the incident')
    .argument('<lab>', 'id of the lab')
    .option('--by <organization>', 'id of the organization that told it; needed where several are to tell it')
    .addOption(new Option('--state <state>', 'the state of the notice').choices(states).default('told'))
    .option('--note <text>', 'how, and to whom')
    .action(async (id: string, lab: string, flags: TellFlags) => {
      const state = flags.state.toUpperCase().replaceAll('-', '_') as (typeof noticeStates)[number];
      const entry = await withAsker(flags, async (asker) => {
        const { saved, faults } = await setNotice(asker, 'local', { incident: id, lab, notifier: flags.by, state, note: flags.note });
        refuseFaults(faults);
        return saved?.incident.log.entries.at(-1)?.text ?? '';
      });
      if (flags.json) printJson({ incident: id, lab, entry });
      else print(entry);
    });
}

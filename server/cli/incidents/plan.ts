import { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askPlan } from '../../questions/incidents/ask-plan.ts';
import { tickPlanStep } from '../../questions/incidents/tick-plan-step.ts';
import { refuseFaults } from '../../questions/records/faults.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { formatTable, instantOption, print, printJson, tell, withJson, withStore } from '../command/run-command.ts';
import { withAsker } from '../command/with-asker.ts';
import { usd } from '../radius.ts';

export function planCommand(): Command {
  return withJson(withStore(new Command('plan')))
    .description('List what to do about an incident, the most urgent first.')
    .argument('<id>', 'id of the incident')
    .action(async (id: string, flags: StoreFlags) => {
      const { steps } = await withAsker(flags, async (asker) => askPlan(asker, await getIncident(asker, id)));
      const instant = (value: number | null) => (value === null ? null : formatInstant(value));
      if (flags.json) {
        printJson(
          steps.map((step) => ({
            id: step.id,
            what: step.text,
            owner: step.owner,
            dueAt: instant(step.dueAt),
            removedNowUsd: step.removedNowUsd,
            removedHereUsd: step.removedHereUsd,
            doneAt: instant(step.doneAt),
            evidence: step.evidence,
          })),
        );
      } else if (steps.length === 0) tell('There is nothing to do: no copy is at a reached organization, and no lab is to be told.');
      else {
        const rows = steps.map((step) => [
          step.id,
          usd(step.removedNowUsd),
          usd(step.removedHereUsd),
          instant(step.dueAt) ?? '-',
          step.owner ?? '-',
          instant(step.doneAt) ?? '-',
          step.text,
        ]);
        print(formatTable(['STEP', 'LOSS REMOVED TODAY', 'LOSS REMOVED IN INCIDENT', 'DUE', 'OWNER', 'DONE', 'WHAT'], rows, 200));
      }
    });
}

interface TickFlags extends StoreFlags {
  readonly owner?: string;
  readonly doneAt?: number;
  readonly evidence?: string;
  readonly reopen?: boolean;
}

export function tickCommand(): Command {
  return withJson(withStore(new Command('tick')))
    .description('Say who does a step of the plan, or that it is done. A recall or revocation that is done is recorded as facts.')
    .argument('<id>', 'id of the incident')
    .argument('<step>', 'id of the step, as `incident plan` prints it')
    .option('--owner <text>', 'who does it')
    .addOption(
      instantOption('--done-at <instant>', 'when it was done; a plain date holds for the whole day; needs evidence', { isEnd: true }),
    )
    .option('--evidence <text>', 'where the evidence lies')
    .option('--reopen', 'the step is not done; the facts that recorded it stay')
    .action(async (id: string, step: string, flags: TickFlags) => {
      if (flags.reopen && flags.doneAt !== undefined) {
        throw new ExposureError('BAD_USER_INPUT', 'Both --reopen and --done-at are given; give one of them.');
      }
      const entry = await withAsker(flags, async (asker) => {
        const doneAt = flags.reopen ? null : flags.doneAt;
        const { saved, faults } = await tickPlanStep(asker, 'local', {
          incident: id,
          step,
          owner: flags.owner,
          doneAt,
          evidence: flags.evidence,
        });
        refuseFaults(faults);
        return saved?.incident.log.entries.at(-1)?.text ?? '';
      });
      if (flags.json) printJson({ incident: id, step, entry });
      else print(entry);
    });
}

import { Command, Option } from 'commander';
import type { AssessmentState } from '../../domain/records/incident-log.ts';
import { assessmentStates } from '../../domain/records/incident-log.ts';
import { getNamed } from '../../questions/explore/ask-named.ts';
import { planAssessment, setAssessments } from '../../questions/incidents/set-assessments.ts';
import { refuseFaults } from '../../questions/records/faults.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { print, printJson, withJson, withStore } from '../command/run-command.ts';
import { withAsker } from '../command/with-asker.ts';

interface AssessFlags extends StoreFlags {
  readonly state: string;
  readonly reason?: string;
  readonly evidence?: string;
}

export function assessCommand(): Command {
  const states = assessmentStates.map((state) => state.toLowerCase().replaceAll('_', '-'));
  return withJson(withStore(new Command('assess')))
    .description('Record what people found out about artifacts in an incident. It changes no tier and no figure.')
    .argument('<incident>', 'id of the incident')
    .argument('<artifact...>', 'ids or names of the artifacts')
    .addOption(new Option('--state <state>', 'what people found').choices(states).makeOptionMandatory())
    .option('--reason <text>', 'how it was found; not-disclosed needs one')
    .option('--evidence <text>', 'where the evidence lies')
    .action(async (incident: string, artifacts: string[], flags: AssessFlags) => {
      const entry = await withAsker(flags, async (asker) => {
        const statement = {
          artifacts: await Promise.all(artifacts.map((text) => getNamed(asker, 'artifact', text))),
          state: flags.state.toUpperCase().replaceAll('-', '_') as AssessmentState,
          reason: flags.reason,
          evidence: flags.evidence,
        };
        const { assessment, faults } = planAssessment(await asker.facts(), statement, 'local', asker.now);
        refuseFaults(faults);
        const saved = await setAssessments(asker, incident, assessment);
        return saved.incident.log.entries.at(-1)?.text ?? '';
      });
      if (flags.json)
        printJson({ incident, artifacts, state: flags.state, reason: flags.reason ?? null, evidence: flags.evidence ?? null, entry });
      else print(entry);
    });
}

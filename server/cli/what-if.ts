import type { Command } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import { parseInstant } from '../domain/instants.ts';
import type { RadiusSummary } from '../domain/records/incident-log.ts';
import { tableOf } from '../export/rows.ts';
import type { ActionQuestion } from '../exposure/scenario/actions.ts';
import type { Asker } from '../questions/asker.ts';
import { getNamed } from '../questions/explore/ask-named.ts';
import { askWhatIf, listLimits, listRadiusChanges } from '../questions/radius/ask-what-if.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, tell } from './command/run-command.ts';
import type { QuestionFlags } from './command/window-option.ts';
import { questionOf, withDoubtOptions } from './command/window-option.ts';
import { withAsker } from './command/with-asker.ts';
import { listing, printRows, withWindows } from './lists.ts';
import { usd } from './radius.ts';

interface WhatIfFlags extends StoreFlags, QuestionFlags {
  readonly suspend?: readonly string[];
  readonly recall?: readonly string[];
  readonly encrypt?: readonly string[];
  readonly revokeAllAccess?: readonly string[];
  readonly revokeAccess?: readonly string[];
  readonly format: 'table' | 'json' | 'csv';
  readonly limit: number;
}

const instantHelp = 'at an instant after @ (default: now)';

/** The radius without and with actions (semantics §8). */
export function whatIfCommand(): Command {
  return withDoubtOptions(withWindows(listing('what-if', 'Show how actions would change a blast radius. Writes nothing.')))
    .argument('[organization...]', 'ids, names or aliases of the compromised organizations (default: those of the incident)')
    .option('--incident <id>', 'start from a saved incident')
    .option('--suspend <organization...>', `end its engagements and send it nothing more, ${instantHelp}: quillmark@2026-11-30`)
    .option('--recall <holder...>', `delete what it holds, of one lab after a slash, ${instantHelp}: quillmark/aurelis@2026-11-30`)
    .option('--encrypt <holder...>', `make what it holds unreadable, of one lab after a slash, ${instantHelp}`)
    .option('--revoke-all-access <organization...>', `end what it may reach, ${instantHelp}`)
    .option('--revoke-access <access...>', `end one access by its id, ${instantHelp}`)
    .action(async (origins: string[], flags: WhatIfFlags) => {
      const found = await withAsker(flags, async (asker) => {
        const answer = await askWhatIf(asker, await questionOf(asker, origins, flags), await readActions(asker, flags));
        const { changes, explain } = listRadiusChanges({ before: answer.baseline, after: answer.scenario }, null);
        const { artifacts } = answer.baseline.radius.projection;
        const columns = ['artifact', 'name', 'change', 'before', 'after', 'because'] as const;
        const table = tableOf('what-if', columns, changes, (change) => ({
          artifact: change.id,
          name: artifacts.name.get(artifacts.id.find(change.id)),
          change: change.kind,
          before: change.before?.tier ?? null,
          after: change.after?.tier ?? null,
          because: explain(change),
        }));
        return { table, before: answer.baseline.radius.summary, after: answer.scenario.radius.summary, limits: listLimits(answer) };
      });
      if (flags.json !== true && flags.format === 'table') {
        print(`${describeChange(found.before, found.after)}\n`);
        for (const limit of found.limits) tell(limit);
      }
      printRows(found.table, flags, 'This changes nothing: nothing is in the radius.');
    });
}

function describeChange(before: RadiusSummary, after: RadiusSummary): string {
  const figures: readonly [string, (summary: RadiusSummary) => number | string][] = [
    ['exposed', ({ exposedCount }) => exposedCount],
    ['possible', ({ possibleCount }) => possibleCount],
    ['contained', ({ containedCount }) => containedCount],
    ['affected labs', ({ affectedLabCount }) => affectedLabCount],
    ['worst-case loss', ({ worstCaseLossUsd }) => usd(worstCaseLossUsd)],
    ['weighted loss', ({ weightedLossUsd }) => usd(weightedLossUsd)],
  ];
  return figures.map(([name, of]) => `${of(before)} → ${of(after)} ${name}`).join(', ');
}

async function readActions(asker: Asker, flags: WhatIfFlags): Promise<ActionQuestion[]> {
  const organization = (text: string) => getNamed(asker, 'organization', text);
  const actions: ActionQuestion[] = [];
  for (const { subject, at } of timed(asker, flags.suspend)) actions.push({ suspend: { organization: await organization(subject), at } });
  for (const { subject, at } of timed(asker, flags.recall)) actions.push({ recall: { ...(await readHolder(asker, subject)), at } });
  for (const { subject, at } of timed(asker, flags.encrypt)) actions.push({ encrypt: { ...(await readHolder(asker, subject)), at } });
  for (const { subject, at } of timed(asker, flags.revokeAllAccess))
    actions.push({ revokeAllAccess: { organization: await organization(subject), at } });
  for (const { subject, at } of timed(asker, flags.revokeAccess)) actions.push({ revokeAccess: { access: subject, at } });
  if (actions.length === 0)
    throw new ExposureError(
      'BAD_USER_INPUT',
      'No action is named. Give --suspend, --recall, --encrypt, --revoke-all-access or --revoke-access.',
    );
  return actions;
}

/** `ORG@INSTANT`, or `ORG` for now. An `@` that no instant follows belongs to the name. */
function timed(asker: Asker, texts: readonly string[] = []): { readonly subject: string; readonly at: number }[] {
  return texts.map((text) => {
    const sign = text.lastIndexOf('@');
    const at = sign < 0 ? undefined : parseInstant(text.slice(sign + 1));
    return at === undefined ? { subject: text, at: asker.now } : { subject: text.slice(0, sign), at };
  });
}

/** `HOLDER`, or `HOLDER/LAB`. A text that names an organization as a whole is its name, slash or not. */
async function readHolder(asker: Asker, text: string): Promise<{ readonly holder: string; readonly owner: string | null }> {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return { holder: await getNamed(asker, 'organization', text), owner: null };
  try {
    return { holder: await getNamed(asker, 'organization', text), owner: null };
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'NOT_FOUND') throw error;
    return {
      holder: await getNamed(asker, 'organization', text.slice(0, slash)),
      owner: await getNamed(asker, 'organization', text.slice(slash + 1)),
    };
  }
}

import { Button } from '@mantine/core';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { factName } from '../../shared/format/fact-name.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import {
  HiddenByMergeDocument,
  type HiddenByMergeQuery,
  MergeHistoryDocument,
  MergeOrganizationDocument,
  MergeOrganizationsDocument,
  MergesDocument,
  UnmergeOrganizationsDocument,
} from '../../shared/generated/operations.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { useSlow } from '../../shared/ui/use-slow.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { MAX_COMPARED, mergeHref, parseMergeState } from '../../shared/url/quality-url.ts';
import { ChoiceTable } from './choice-table.tsx';
import classes from './merge.module.css';
import { MergedList } from './merged-list.tsx';
import type { AskedAll } from './use-all.ts';
import { useAll } from './use-all.ts';

interface MergeViewProps {
  /** Finds one organization. */
  readonly Finder: ComponentType<{ readonly label: string; readonly onPick: (id: string) => void }>;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Organizations under several names: compares them, merges them, and ends merges. The URL holds the compared organizations. */
export function MergeView({ Finder }: MergeViewProps) {
  const { params } = useLocation();
  const { ids, isChosen: isPresumed } = parseMergeState(params);
  const asked = useAll(
    MergeOrganizationDocument,
    ids.map((id) => ({ id })),
  );
  // The id of a merged organization means another's, so two ids may give one organization.
  const found = (asked.answers ?? []).flatMap(({ organization }) => (organization === null ? [] : [organization]));
  const organizations = [...new Map(found.map((one) => [one.id, one])).values()];

  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const chosen = organizations.filter(({ id }) => changed.get(id) ?? isPresumed);
  const [wanted, setWanted] = useState<string | null>(null);
  const largest = chosen.reduce<(typeof chosen)[number] | null>(
    (best, one) => (best === null || one.clients.totalCount > best.clients.totalCount ? one : best),
    null,
  );
  const kept = chosen.find(({ id }) => id === wanted) ?? largest;
  const others = chosen.filter(({ id }) => id !== kept?.id);
  const pairs = chosen.flatMap(({ id: into }, place) => chosen.slice(place + 1).map(({ id: organization }) => ({ organization, into })));
  const hidden = useAll(HiddenByMergeDocument, pairs);
  const labCount = chosen.filter(({ roles }) => roles.includes('LAB')).length;

  const into = organizations.length === 1 ? (organizations[0]?.id ?? null) : null;
  const merges = useQuestion(MergesDocument, { into });
  const merged = merges.data?.merges.edges.map(({ node }) => node) ?? [];
  const named = organizations.length === 0 ? merged : [...organizations, ...merged.filter((one) => isAmong(organizations, one.into.id))];
  const [past, setPast] = useState<readonly Named[]>([]);

  const { act, cancel, isBusy, isSlow, problem, done } = useMergeAct();

  const merge = () => {
    if (kept === null) return;
    const names = others.map(({ name }) => name);
    const sentence = `${listOf(names)} now ${names.length === 1 ? 'means' : 'mean'} ${kept.name}.`;
    const organizationIds = others.map(({ id }) => id);
    setPast(others);
    act('Merging …', (signal) => mergeAll(organizationIds, kept.id, signal), { sentence, undo: () => unmergeAll(organizationIds) });
  };
  const unmerge = ({ id, name, into: { id: target } }: Named & { readonly into: Named }) => {
    setPast([...past, { id, name }]);
    act('Unmerging …', () => unmergeAll([id]), {
      sentence: `${name} means itself again. Its hidden records are back.`,
      undo: (signal) => mergeAll([id], target, signal),
    });
  };

  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <h1>One organization, several names</h1>
          <p>
            Records that name any of them will mean the one that you keep. The other names become aliases. Nothing is deleted, and you can
            unmerge later.
          </p>
        </header>
        <div className={classes.finder}>
          <Finder
            label="Add an organization to compare"
            onPick={(id) => {
              setChanged(new Map(changed).set(id, true));
              navigate(mergeHref([...new Set([...ids, id])].slice(-MAX_COMPARED), isPresumed));
            }}
          />
        </div>
        {asked.error !== null && (
          <p className={classes.problem} role="alert">
            {asked.error}{' '}
            <button type="button" className={classes.retry} onClick={asked.retry}>
              Retry
            </button>
          </p>
        )}
        {ids.length > 0 && asked.answers === null && asked.error === null && <p className={classes.quiet}>Loading the organizations …</p>}
        {asked.answers !== null && found.length < asked.answers.length && (
          <p className={classes.quiet}>{countOf(asked.answers.length - found.length, 'organization', 'organizations')} no longer exist.</p>
        )}
        {organizations.length > 0 && (
          <ChoiceTable
            organizations={organizations}
            chosen={new Set(chosen.map(({ id }) => id))}
            kept={kept?.id ?? null}
            onChoose={(id, isChosen) => setChanged(new Map(changed).set(id, isChosen))}
            onKeep={setWanted}
          />
        )}
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {done !== null && (
          <div className={classes.done}>
            <p>{done.sentence}</p>
            {done.undo !== null && (
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => act('Undoing …', done.undo as Send, { sentence: 'Undone.', undo: null })}
              >
                Undo
              </Button>
            )}
          </div>
        )}
        {organizations.length > 1 && (
          <section className={classes.section} aria-labelledby="merge-effect">
            <h2 id="merge-effect">Before you merge</h2>
            {kept === null || others.length === 0 ? (
              <p className={classes.quiet}>Choose at least two names that mean one organization.</p>
            ) : (
              <>
                <HiddenFacts asked={hidden} kept={kept.name} />
                {labCount > 1 && (
                  <p>
                    {labCount === 2 ? 'Both are labs' : `${labCount} of these are labs`}: while the merge stands, a person bound to one of
                    them sees what all of them may be told.
                  </p>
                )}
                <Button loading={isBusy} disabled={!hidden.isCurrent} onClick={merge}>
                  Merge {others.length === 1 ? others[0]?.name : `${others.length} names`} into {kept.name}
                </Button>
                {isSlow && others.length > 1 && (
                  <Button variant="default" onClick={cancel}>
                    Cancel
                  </Button>
                )}
              </>
            )}
          </section>
        )}
        <section className={classes.section} aria-labelledby="merges">
          <h2 id="merges">{into === null ? 'Merged organizations' : `Merged into ${organizations[0]?.name}`}</h2>
          <AnswerFrame asked={merges} waiting="Listing the merges">
            {({ merges: first }) => <MergedList first={first} into={into} isBusy={isBusy} onUnmerge={unmerge} />}
          </AnswerFrame>
          {into !== null && <Link href={mergeHref([])}>All merges</Link>}
        </section>
        <MergeHistory organizations={[...new Map([...past, ...named].map(({ id, name }) => [id, { id, name }])).values()]} />
      </div>
    </div>
  );
}

function isAmong(organizations: readonly Named[], id: string): boolean {
  return organizations.some((one) => one.id === id);
}

/** `AWS`, `AWS and aws inc`, `AWS, aws inc and Amazon`. */
function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** An action that can be canceled. @returns the refusal, or null */
type Send = (signal: AbortSignal) => Promise<string | null>;

/** The last action, with Undo. */
interface Done {
  readonly sentence: string;
  readonly undo: Send | null;
}

/** Runs one action at a time, and says how it ended. */
function useMergeAct() {
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  /** Cancels the action that is under way. */
  const [running, setRunning] = useState<AbortController | null>(null);
  const isBusy = running !== null;
  const isSlow = useSlow(isBusy);
  const act = async (under: string, send: Send, after: Done) => {
    const controller = new AbortController();
    setRunning(controller);
    setProblem(null);
    setDone(null);
    announce(under);
    const refusal = await send(controller.signal);
    setRunning(null);
    setProblem(refusal);
    if (refusal === null) {
      setDone(after);
      announce(after.sentence);
    }
    factsChanged();
  };
  return { act, cancel: () => running?.abort(), isBusy, isSlow, problem, done };
}

interface MergeHistoryProps {
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

/** The latest merges and unmerges of some organizations, the latest first. */
function MergeHistory({ organizations }: MergeHistoryProps) {
  const { answers } = useAll(
    MergeHistoryDocument,
    organizations.map(({ id }) => ({ id })),
  );
  if (answers === null) return null;
  const changes = answers
    .flatMap(({ history }, place) =>
      history.edges.flatMap(({ node: { kind, at, by, revision, fields } }) => {
        if (kind !== 'MERGED' && kind !== 'UNMERGED') return [];
        const merge = fields.find(({ field }) => field === 'mergedInto');
        const name = organizations[place]?.name ?? '';
        return [{ name, kind, at, by, revision: revision ?? 0, other: (kind === 'MERGED' ? merge?.after : merge?.before) ?? '' }];
      }),
    )
    .sort((a, b) => b.revision - a.revision || (a.name < b.name ? -1 : 1));
  if (changes.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="merge-history">
      <h2 id="merge-history">History</h2>
      <ol className={classes.history}>
        {changes.map(({ name, kind, at, by, revision, other }) => (
          <li key={`${name} ${revision}`}>
            {name} was {kind === 'MERGED' ? 'merged into' : 'unmerged from'} {other}
            <span className={classes.by}>
              {at !== null && formatInstantUtc(at)} by {by}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface HiddenFactsProps {
  readonly asked: AskedAll<HiddenByMergeQuery>;
  /** The name of the organization that the others will mean. */
  readonly kept: string;
}

/** The facts that a merge would hide, because both of their ends become one organization. */
function HiddenFacts({ asked, kept }: HiddenFactsProps) {
  const { answers, isCurrent, error, retry } = asked;
  if (error !== null) {
    return (
      <p className={classes.problem} role="alert">
        {error}{' '}
        <button type="button" className={classes.retry} onClick={retry}>
          Retry
        </button>
      </p>
    );
  }
  if (answers === null || !isCurrent) return <p className={classes.quiet}>Looking for records between these organizations …</p>;
  const lists = answers.map(({ hiddenByMerge }) => hiddenByMerge);
  const total = lists.reduce((sum, { totalCount }) => sum + totalCount, 0);
  if (total === 0) return <p className={classes.quiet}>The merge hides no record.</p>;
  const facts = lists.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <>
      <p>
        {countOf(total, 'record is', 'records are')} hidden while the merge stands, because both ends become {kept}. Unmerge shows{' '}
        {total === 1 ? 'it' : 'them'} again.
      </p>
      <ul className={classes.hidden} aria-label="Records that the merge hides">
        {facts.map((fact, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole, and two facts may have one name.
          <li key={place}>{factName(fact)}</li>
        ))}
        {facts.length < total && <li>and {formatCount(total - facts.length)} more</li>}
      </ul>
    </>
  );
}

/**
 * Merges organizations into one, one after the other. If one is refused, or the signal is aborted between two, unmerges those before,
 * so that nothing changed. One merge takes milliseconds.
 *
 * @returns the refusal, or null
 */
async function mergeAll(organizations: readonly string[], into: string, signal: AbortSignal): Promise<string | null> {
  const merged: string[] = [];
  for (const organization of organizations) {
    const sent = signal.aborted
      ? new Refused({ message: 'The merge was canceled.' })
      : await sendChange(MergeOrganizationsDocument, { input: { organization, into } }, (data) => data.mergeOrganizations);
    if (sent instanceof Refused) {
      const left = await unmergeAll(merged);
      return left === null ? sent.sentence : `${sent.sentence} ${merged.length} of the merges before it stayed: ${left}`;
    }
    merged.push(organization);
  }
  return null;
}

/** Ends merges, one after the other, and stops at the first refusal. @returns the refusal, or null */
async function unmergeAll(organizations: readonly string[]): Promise<string | null> {
  for (const organization of organizations) {
    const sent = await sendChange(UnmergeOrganizationsDocument, { input: { organization } }, (data) => data.unmergeOrganizations);
    if (sent instanceof Refused) return sent.sentence;
  }
  return null;
}

import { Button } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { HiddenByMergeDocument, MergeOrganizationDocument, MergesDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { MAX_COMPARED, mergeHref, parseMergeState } from '../../shared/url/merge-url.ts';
import { ChoiceTable } from './choice-table.tsx';
import { HiddenFacts } from './hidden-facts.tsx';
import classes from './merge.module.css';
import { mergeAll, unmergeAll } from './merge-all.ts';
import { MergeHistory } from './merge-history.tsx';
import { MergedList } from './merged-list.tsx';
import { useAll } from './use-all.ts';
import { type Send, useMergeAct } from './use-merge-act.ts';

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
                    {labCount === 2 ? 'Both are labs' : `${labCount} of these are labs`}: while the merge stands, whoever may see only what
                    one of them may be told sees what all of them may be told.
                  </p>
                )}
                <Button className={classes.merge ?? ''} loading={isBusy} disabled={!hidden.isCurrent} onClick={merge}>
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

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { countOf, formatCount, joinSome } from '../../../shared/format/count.ts';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import type {
  CountedNoticesFragment,
  IncidentNoticeCountsQuery,
  IncidentNoticeFragment,
  IncidentNoticeGroupFragment,
  IncidentNoticesQuery,
  NoticeState,
  NoticeTerm,
} from '../../../shared/generated/operations.ts';
import {
  IncidentNoticeCountsDocument,
  IncidentNoticeGroupsDocument,
  IncidentNoticesDocument,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../../shared/lists/more-rows.tsx';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { IconAlertTriangle } from '../../../shared/ui/icons.tsx';
import { isTyping } from '../../../shared/ui/keys.ts';
import { restQuery } from '../../../shared/url/address-table.ts';
import type { GroupedView } from '../../../shared/url/incidents-url.ts';
import { groupedHref, INCIDENT, parseGroupedView } from '../../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../../shared/url/location.ts';
import { exportHref } from '../../../shared/url/shared-parameters.ts';
import { canExport, canWrite } from '../../../shared/viewer/viewer.ts';
import { DueMark } from '../due-mark.tsx';
import { GroupingButtons } from '../grouping-buttons.tsx';
import { NOTICE_WORDS, optionsOf, TERM_WORDS } from '../incident-words.ts';
import classes from '../incidents.module.css';
import { BulkBar, type BulkForm, UndoLine } from './notice-forms.tsx';
import type { NoticeFilter, NoticeSelection } from './notice-list.tsx';
import { NoticeList, noticeKey } from './notice-list.tsx';
import notices from './notices.module.css';
import { VendorsToAsk } from './vendors-to-ask.tsx';

function filterOf({ states, terms, owner }: GroupedView, text: string): NoticeFilter {
  return {
    ...(states.length === 0 ? {} : { states: [...states] }),
    ...(terms.length === 0 ? {} : { terms: [...terms] }),
    ...(owner === null ? {} : { owners: [owner] }),
    ...(text === '' ? {} : { text }),
  };
}

/** Shows who tells whom by when: the whole incident's counts, then the notices by lab, by who must tell, or one by one. */
export function NoticesTab({ incident }: { readonly incident: string }) {
  const { params } = useLocation();
  const view = parseGroupedView(params, 'lab');
  const show = (change: Partial<GroupedView>) => navigate(groupedHref(incident, 'notices', { ...view, ...change }));
  // A name has no place in an address.
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 250);
  const filter = filterOf(view, text);
  const asked = useQuestion(
    IncidentNoticeCountsDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const [selected, setSelected] = useState<ReadonlyMap<string, IncidentNoticeFragment>>(new Map());
  const [form, setForm] = useState<BulkForm | null>(null);
  const [change, setChange] = useState<{ readonly id: string; readonly text: string } | null>(null);
  const select = (rows: readonly IncidentNoticeFragment[], isSelected: boolean) =>
    setSelected((before) => {
      const after = new Map(before);
      for (const row of rows)
        if (isSelected) after.set(noticeKey(row), row);
        else after.delete(noticeKey(row));
      return after;
    });
  const onChanged = (id: string | null, text: string) => {
    setSelected(new Map());
    setChange(id === null ? null : { id, text });
    // The form has left the page.
    if (id !== null) focusResult('notices:undo');
  };
  const lastTick = useRef<HTMLInputElement | null>(null);
  const isShift = useRef(false);
  /** With Shift, the ticks from the last one to this follow it: those of notices for a notice, those of groups for a group. */
  const onTick = ({ target, currentTarget }: FormEvent<HTMLElement>) => {
    if (!isTick(target)) return;
    const [from, isRange] = [lastTick.current, isShift.current];
    isShift.current = false;
    if (isRange && from !== null)
      for (const box of ticksBetween(currentTarget, from, target)) if (box.checked !== target.checked) box.click();
    lastTick.current = target;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    isShift.current = event.shiftKey;
    if (selected.size === 0 || event.ctrlKey || event.metaKey || event.altKey || (isTyping(event.target) && !isTick(event.target))) return;
    const begun = { d: 'told', a: 'owner' } as const;
    const next = begun[event.key.toLowerCase() as keyof typeof begun];
    if (next === undefined) return;
    event.preventDefault();
    setForm(next);
  };
  const query = restQuery(INCIDENT, view, ['states', 'terms', 'owner'], { incident, ...(text !== '' && { text }) });
  return (
    <>
      <section
        className={classes.card}
        aria-label="Notices"
        onKeyDown={onKeyDown}
        onMouseDown={(event) => (isShift.current = event.shiftKey)}
        onChange={onTick}
      >
        <div className={classes.tools}>
          <p className={classes.note}>
            The direct provider of each affected lab and of each blind spot must tell it. Terms run from the discovery. The time of telling
            says whether a term was kept.
          </p>
          {canExport() && (
            <span className={classes.buttons} data-screen-only>
              <Button variant="default" component="a" href={exportHref(`/api/notices.csv${query}`)} download>
                CSV
              </Button>
              <Button
                variant="default"
                component="a"
                href={exportHref(`/api/notices.ics${restQuery(INCIDENT, view, [], { incident })}`)}
                download
              >
                Calendar (.ics)
              </Button>
            </span>
          )}
        </div>
        <AnswerFrame asked={asked} waiting="Finding whom to tell">
          {(data) =>
            data.incident === null ? null : data.incident.noticeCounts.total === 0 ? (
              <p className={classes.note}>No lab must be told: none is affected, and none is a blind spot.</p>
            ) : (
              <>
                <Totals counts={data.incident.noticeCounts} view={view} show={show} />
                <div className={classes.filters} data-screen-only>
                  <GroupingButtons by={view.by} notifier="By who must tell" onChange={(by) => show({ by, open: [] })} />
                  <TextInput
                    aria-label="Lab, who must tell, or owner"
                    placeholder="Lab, who must tell, owner"
                    value={typed}
                    onChange={({ currentTarget: { value } }) => setTyped(value)}
                  />
                  <NativeSelect
                    aria-label="State"
                    data={[{ value: '', label: 'State: any' }, ...optionsOf(NOTICE_WORDS)]}
                    value={view.states.length === 1 ? view.states[0] : ''}
                    onChange={({ currentTarget: { value } }) => show({ states: value === '' ? [] : [value as NoticeState] })}
                  />
                  <NativeSelect
                    aria-label="Term"
                    data={[{ value: '', label: 'Term: any' }, ...optionsOf(TERM_WORDS)]}
                    value={view.terms.length === 1 ? view.terms[0] : ''}
                    onChange={({ currentTarget: { value } }) => show({ terms: value === '' ? [] : [value as NoticeTerm] })}
                  />
                  <OwnerSelect data={data} view={view} show={show} />
                </div>
                {change !== null && (
                  <UndoLine incident={incident} change={change.id} text={change.text} onDone={(text) => onChanged(null, text)} />
                )}
                {view.by === 'flat' ? (
                  <NoticeList incident={incident} filter={filter} selected={selected} select={select} onChanged={onChanged} />
                ) : (
                  <Groups
                    incident={incident}
                    view={view}
                    show={show}
                    filter={filter}
                    reach={data.blastRadius?.labs.edges.map(({ node }) => node) ?? []}
                    selected={selected}
                    select={select}
                    onChanged={onChanged}
                  />
                )}
                {selected.size > 0 && (
                  <BulkBar
                    incident={incident}
                    notices={[...selected.values()]}
                    form={form}
                    onForm={setForm}
                    onClear={() => setSelected(new Map())}
                    onChanged={onChanged}
                  />
                )}
              </>
            )
          }
        </AnswerFrame>
      </section>
      <VendorsToAsk incident={incident} />
    </>
  );
}

function isTick(target: EventTarget): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'checkbox';
}

/** The ticks of one kind, of notices or of groups, between two ticks. */
function ticksBetween(within: HTMLElement, from: HTMLInputElement, to: HTMLInputElement): readonly HTMLInputElement[] {
  const isOfNotice = (box: HTMLInputElement) => box.closest('table') !== null;
  const all = [...within.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  const places = [from, to].map((box) => all.indexOf(box));
  if (places.includes(-1)) return [];
  return all.slice(Math.min(...places), Math.max(...places) + 1).filter((box) => box !== to && isOfNotice(box) === isOfNotice(to));
}

interface Shown {
  readonly view: GroupedView;
  readonly show: (change: Partial<GroupedView>) => void;
}

/** The counts of the whole incident. Each shows its notices. */
function Totals({ counts, view, show }: Shown & { readonly counts: CountedNoticesFragment }) {
  const totals: readonly [number, string, readonly NoticeState[], readonly NoticeTerm[]][] = [
    [counts.total, counts.total === 1 ? 'notice' : 'notices', [], []],
    [counts.told + counts.answered, 'told', ['TOLD', 'ANSWERED'], []],
    [counts.inTime, 'in time', [], ['IN_TIME']],
    [counts.late, 'late', [], ['LATE']],
    [counts.overdue, 'overdue', [], ['OVERDUE']],
    [counts.dueToday, 'due today', [], ['DUE_TODAY']],
    [counts.later, 'later', [], ['LATER']],
    [counts.none, 'without a term', [], ['NONE']],
  ];
  return (
    <fieldset className={notices.totals} aria-label="Notices of this incident">
      {totals.map(([count, words, states, terms]) => (
        <button
          key={words}
          type="button"
          aria-pressed={view.states.join() === states.join() && view.terms.join() === terms.join()}
          onClick={() => show({ states, terms })}
        >
          {words === 'overdue' && count > 0 && <IconAlertTriangle size={14} stroke={1.8} />}
          <strong>{formatCount(count)}</strong> {words}
        </button>
      ))}
    </fieldset>
  );
}

function OwnerSelect({ data, view, show }: Shown & { readonly data: IncidentNoticeCountsQuery }) {
  const owners = new Set(data.incident?.noticeGroups.edges.flatMap(({ node }) => node.owners) ?? []);
  if (view.owner) owners.add(view.owner);
  if (owners.size === 0) return null;
  // An owner may have any name, so that no name can stand for "any" or "nobody".
  return (
    <NativeSelect
      aria-label="Owner"
      data={[
        { value: 'any', label: 'Owner: any' },
        { value: 'is:', label: 'No owner' },
        ...[...owners].sort().map((name) => ({ value: `is:${name}`, label: showHidden(name) })),
      ]}
      value={view.owner === null ? 'any' : `is:${view.owner}`}
      onChange={({ currentTarget: { value } }) => show({ owner: value === 'any' ? null : value.slice('is:'.length) })}
    />
  );
}

interface Reach {
  readonly lab: { readonly id: string };
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly worstCaseLossUsd: number;
}

interface GroupsProps extends Shown, NoticeSelection {
  readonly filter: NoticeFilter;
  readonly incident: string;
  readonly reach: readonly Reach[];
}

function Groups({ incident, view, show, filter, reach, ...selection }: GroupsProps) {
  const by = view.by === 'lab' ? 'LAB' : 'NOTIFIER';
  const key = JSON.stringify([by, filter]);
  const variables = useMemo(() => {
    const [grouping, stated] = JSON.parse(key) as ['LAB' | 'NOTIFIER', NoticeFilter];
    return { incident, by: grouping, ...stated };
  }, [incident, key]);
  const asked = useQuestion(IncidentNoticeGroupsDocument, variables);
  const reachOf = new Map(reach.map((one) => [one.lab.id, one]));
  return (
    <AnswerFrame asked={asked} waiting="Grouping the notices">
      {(data) =>
        data.incident === null ? null : data.incident.noticeGroups.totalCount === 0 ? (
          <p className={classes.note}>No notice fits these filters.</p>
        ) : (
          <Paged
            first={data.incident.noticeGroups}
            load={async (after) =>
              (await client.query({ query: IncidentNoticeGroupsDocument, variables: { ...variables, after } })).data?.incident
                ?.noticeGroups ?? null
            }
          >
            {(list) => (
              <>
                <ul className={notices.groups} aria-label={by === 'LAB' ? 'Notices by lab' : 'Notices by who must tell'}>
                  {list.rows.map((group) => {
                    const id = (by === 'LAB' ? group.lab?.id : group.notifier?.id) ?? '-';
                    const isOpen = view.open.includes(id);
                    return (
                      <Group
                        key={id}
                        incident={incident}
                        by={by}
                        group={group}
                        reach={by === 'LAB' ? reachOf.get(id) : undefined}
                        filter={filter}
                        isOpen={isOpen}
                        onToggle={() => show({ open: isOpen ? view.open.filter((one) => one !== id) : [...view.open, id] })}
                        {...selection}
                      />
                    );
                  })}
                </ul>
                <MoreRowsLine list={list} noun={by === 'LAB' ? 'labs' : 'organizations that must tell'} />
              </>
            )}
          </Paged>
        )
      }
    </AnswerFrame>
  );
}

interface GroupProps extends NoticeSelection {
  readonly incident: string;
  readonly by: 'LAB' | 'NOTIFIER';
  readonly group: IncidentNoticeGroupFragment;
  readonly reach: Reach | undefined;
  readonly filter: NoticeFilter;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Group({ incident, by, group, reach, filter, isOpen, onToggle, ...selection }: GroupProps) {
  const { lab, notifier, counts, nextDueAt, owners } = group;
  const organization = by === 'LAB' ? lab : notifier;
  const name = organization?.name ?? 'The owner of this incident';
  const within = by === 'LAB' ? { lab: lab?.id ?? '' } : { notifier: notifier?.id ?? null };
  const isOfGroup = (row: IncidentNoticeFragment) => (by === 'LAB' ? row.lab.id : (row.notifier?.id ?? '-')) === (organization?.id ?? '-');
  const ofGroup = [...selection.selected.values()].filter(isOfGroup);
  const [problem, setProblem] = useState<string | null>(null);
  const selectAll = async (isSelected: boolean) => {
    if (!isSelected) return selection.select(ofGroup, false);
    try {
      selection.select(await readAll({ incident, ...within, ...filter }), true);
      setProblem(null);
    } catch {
      setProblem('The notices of this group could not be read. Try again.');
    }
  };
  return (
    <li className={notices.group}>
      <div className={notices.groupRow}>
        {canWrite() && (
          <input
            type="checkbox"
            data-screen-only
            aria-label={`Select ${countOf(counts.total, 'notice', 'notices')}: ${name}`}
            checked={ofGroup.length === counts.total}
            ref={(box) => {
              if (box !== null) box.indeterminate = ofGroup.length > 0 && ofGroup.length < counts.total;
            }}
            onChange={(event) => void selectAll(event.currentTarget.checked)}
          />
        )}
        <button
          type="button"
          className={notices.groupName}
          aria-expanded={isOpen}
          data-result={`notices:${organization?.id ?? '-'}`}
          onClick={onToggle}
          onKeyDown={({ key }) => key === (isOpen ? 'ArrowLeft' : 'ArrowRight') && onToggle()}
        >
          <strong>{name}</strong>
          <small>
            {by === 'LAB'
              ? `${countOf(counts.total, 'must tell it', 'must tell it')}`
              : `must tell ${countOf(counts.total, 'lab', 'labs')}`}
          </small>
        </button>
        {by === 'LAB' && (
          <span className={notices.reach}>
            {reach === undefined ? (
              <small>blind spot</small>
            ) : (
              <>
                <TierDisc tier="EXPOSED" /> {formatCount(reach.exposedCount)} <TierDisc tier="POSSIBLE" />{' '}
                {formatCount(reach.possibleCount)} <small>{formatMoney(reach.worstCaseLossUsd)}</small>
              </>
            )}
          </span>
        )}
        <span className={notices.progress}>
          <span className={notices.bar} aria-hidden="true">
            <span data-part="answered" style={{ flexGrow: counts.answered }} />
            <span data-part="told" style={{ flexGrow: counts.told }} />
            <span style={{ flexGrow: counts.toTell }} />
          </span>
          <small>{`${formatCount(counts.answered)} answered, ${formatCount(counts.told)} told, ${formatCount(counts.toTell)} open`}</small>
        </span>
        <span className={notices.term}>
          {nextDueAt !== null ? (
            <DueMark dueAt={nextDueAt} />
          ) : (
            <span className={classes.note}>{counts.toTell > 0 ? 'No term recorded' : 'All told'}</span>
          )}
          {counts.overdue > 0 && (
            <small>{`${formatCount(counts.overdue)} of ${countOf(counts.toTell, 'open notice', 'open notices')} overdue`}</small>
          )}
        </span>
        <span className={notices.owner}>{owners.length === 0 ? <small>no owner</small> : showHidden(joinSome(owners, 2))}</span>
      </div>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {isOpen && <NoticeList incident={incident} filter={{ ...filter, ...within }} {...selection} />}
    </li>
  );
}

/** Every notice of a group, page by page. */
async function readAll(variables: { readonly incident: string } & NoticeFilter): Promise<IncidentNoticeFragment[]> {
  const rows: IncidentNoticeFragment[] = [];
  let after: string | null = null;
  do {
    const answer: { data?: IncidentNoticesQuery | undefined } = await client.query({
      query: IncidentNoticesDocument,
      variables: { ...variables, first: 500, after },
    });
    const page = answer.data?.incident?.notices;
    if (page === undefined) throw new Error('The server gave no answer.');
    rows.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}

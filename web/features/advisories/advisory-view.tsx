import { Button, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ComponentType } from 'react';
import { useMemo, useRef, useState } from 'react';
import { askChange, type Fault, Refused } from '../../shared/changes/ask-change.ts';
import { countOf, formatCount, joinSome } from '../../shared/format/count.ts';
import { formatInstant } from '../../shared/format/instant.ts';
import {
  AdvisoryRecordDocument,
  AdvisoryStripsDocument,
  type AvailabilityInput,
  MoreStripsDocument,
  OrganizationsToAskDocument,
  type ProposalInput,
  SaveClaimsDocument,
  SaveProposalDocument,
  SaveStatementDocument,
  type SoftwareGrade,
  TakeBackAdvisoryDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import type { Operation } from '../../shared/graphql/operation.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconSearch, IconX } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { type AdvisoryState, advisoryHref, oneIncidentHref, parseAdvisoryState } from '../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { coverageHref } from '../../shared/url/quality-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import classes from './advisory.module.css';
import { AdvisoryList } from './advisory-list.tsx';
import { type AdvisoryRecord, AdvisoryRecordPanel } from './advisory-record.tsx';
import { GRADE_GROUPS, packageName, type StripMatch, type Strips } from './grade-words.ts';
import { graphHref, ProposalPanel, SaveForm } from './proposal-panel.tsx';
import { StripRows } from './strips.tsx';
import type { Addressee } from './to-ask.tsx';
import { type Proposed, type Tick, useProposal } from './use-proposal.ts';

interface AdvisoryViewProps {
  /** Shows one software list over the page. */
  readonly ListDialog: ComponentType<{ readonly list: string; readonly onClose: () => void }>;
}

/** From an advisory: who had the poisoned version, and the incident that this proposes. Nothing is written until it is saved. */
export default function AdvisoryView({ ListDialog }: AdvisoryViewProps) {
  const state = parseAdvisoryState(useLocation().params);
  const { advisory } = state;
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim().slice(0, 200), 150);
  const [list, setList] = useState<string | null>(null);
  const isChoosing = advisory === null || text.trim() !== '';
  return (
    <div className={classes.view}>
      <header className={classes.head}>
        <p className={classes.crumb}>
          <Link href="/incidents">Incidents</Link> <span aria-hidden="true">/</span>
        </p>
        <h1>From an advisory</h1>
        <TextInput
          className={classes.search}
          aria-label="Search an advisory"
          placeholder={advisory ?? 'Search an id, an alias or a package'}
          value={text}
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden="true" />}
          rightSection={
            advisory !== null || text !== '' ? (
              <button
                type="button"
                className={classes.clear}
                aria-label={text === '' ? 'Choose another advisory' : 'Clear the search'}
                onClick={() => (text === '' ? navigate(advisoryHref()) : setText(''))}
              >
                <IconX size={14} stroke={2} />
              </button>
            ) : null
          }
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText('')}
        />
        <WatchThis
          choices={[
            ...(advisory === null ? [] : [{ title: `Who had what ${advisory} affects`, asks: { kind: 'ADVISORY' as const, advisory } }]),
            { title: 'Who had what any advisory affects', asks: { kind: 'ADVISORY' } },
          ]}
        />
        {canWrite() && (
          <Button variant="default" onClick={() => navigate('/import')}>
            Read a file
          </Button>
        )}
        <Link href={coverageHref} className={classes.coverage}>
          Who has lists
        </Link>
      </header>
      {isChoosing ? (
        // A click on one clears the search.
        // biome-ignore lint/a11y: the links inside take the keyboard.
        <div
          className={classes.chooseBox}
          onClick={(event) => event.target instanceof Element && event.target.closest('a') !== null && setText('')}
        >
          <AdvisoryList text={asked} />
        </div>
      ) : (
        <Proposal key={advisory} advisory={advisory} state={state} onOpenList={setList} />
      )}
      {list !== null && <ListDialog list={list} onClose={() => setList(null)} />}
    </div>
  );
}

interface ProposalProps {
  readonly advisory: string;
  readonly state: AdvisoryState;
  readonly onOpenList: (list: string) => void;
}

type Sheet = 'record' | 'proposal';

function Proposal({ advisory, state, onOpenList }: ProposalProps) {
  const announce = useAnnounce();
  const [claims, setClaims] = useState<readonly AvailabilityInput[]>([]);
  const [discoveredAt, setDiscoveredAt] = useState<string | null>(null);
  const [shownSheet, setSheet] = useState<Sheet | null>(null);
  const [isSaving, setSaving] = useState(false);
  const lastTick = useRef<{ readonly name: string; readonly before: NonNullable<Proposed['blastRadius']>['summary'] | null } | null>(null);
  const record = useQuestion(
    AdvisoryRecordDocument,
    useMemo(() => ({ advisory }), [advisory]),
  );
  const { treatAsCompromise } = state;
  const proposal = useProposal({ advisory, claims, treatAsCompromise, discoveredAt, ticks: state.ticks });
  // Grades and strips follow from no tick, and from no time of discovery.
  const stripInput = useMemo(
    () => ({
      input: {
        advisory,
        ...(claims.length === 0 ? {} : { availabilities: [...claims] }),
        ...(treatAsCompromise ? { treatAsCompromise } : {}),
      },
    }),
    [advisory, claims, treatAsCompromise],
  );
  const strips = useQuestion(AdvisoryStripsDocument, stripInput);
  const go = (change: Partial<AdvisoryState>, how: 'push' | 'replace' = 'push') =>
    navigate(advisoryHref({ ...state, advisory, ...change }), how);

  const shown = proposal.ticked?.data ?? proposal.first.data;
  const isStale = (proposal.ticked ?? proposal.first).isStale || (proposal.ticked !== null && proposal.ticked.data === null);
  // Until the first answer for other ticks comes, that of the grades stays.
  const isFirstShown = proposal.ticked !== null && proposal.ticked.data === null && proposal.ticked.question.phase !== 'failed';
  const onTick = ({ organization }: StripMatch, as: Tick) => {
    const before = shown?.proposeIncident.blastRadius?.summary ?? null;
    lastTick.current = { name: organization.name, before };
    go({ ticks: [...state.ticks.filter((tick) => tick.organization !== organization.id), { organization: organization.id, as }] });
    announce(
      as === 'no'
        ? `${organization.name} is not ticked.`
        : `${organization.name} is ticked as ${as === 'origin' ? 'an origin' : 'suspected'}.`,
    );
  };
  const change = async <TVariables,>(mutation: Operation<unknown, TVariables>, variables: TVariables): Promise<Refused | undefined> => {
    const changed = await askChange(mutation, variables, (data) => ({
      userErrors: Object.values(data as Record<string, { readonly userErrors: readonly Fault[] }>).flatMap(({ userErrors }) => userErrors),
    }));
    return changed instanceof Refused ? changed : undefined;
  };
  const save = async (name: string, discovered: string | null): Promise<Refused | undefined> => {
    const { input } = proposal;
    if (input === null) return new Refused({ message: 'The proposal is not known yet. Try again in a moment.' });
    const at = discovered === null ? {} : { discoveredAt: discovered };
    const variables = { input: { name, cause: 'THIRD_PARTY' as const, ...at, proposal: { ...input, ...at } } };
    const saved = await askChange(SaveProposalDocument, variables, (data) => data.saveIncident);
    if (saved instanceof Refused) return saved;
    if (saved.incident === null) return new Refused({ message: 'Not saved. Try again.' });
    announce(`Saved the incident ${saved.incident.name}.`);
    navigate(oneIncidentHref(saved.incident.id));
  };

  if (record.data?.advisory === null) {
    return (
      <div className={classes.empty}>
        <h2>No advisory {advisory}</h2>
        <p>No record names it. It may have been retracted, or its file was not read yet.</p>
        <Link href={advisoryHref()}>All advisories</Link>
      </div>
    );
  }
  return (
    <div className={classes.body}>
      <div className={`${classes.side} ${classes.left}`} data-open={shownSheet === 'record' || undefined}>
        <ScrollBox label="Advisory" className={classes.record}>
          <AnswerFrame asked={record} waiting="Reading the record">
            {({ advisory: found }) =>
              found === null ? null : (
                <AdvisoryRecordPanel
                  record={found}
                  windows={strips.data === null ? null : strips.data.proposeIncident}
                  claims={claims}
                  onClaims={setClaims}
                  onRecord={(source, availabilities) =>
                    change(SaveClaimsDocument, { input: { advisory: found.id, source, availabilities: [...availabilities] } })
                  }
                  onTakeBack={async () => {
                    const failed = await change(TakeBackAdvisoryDocument, { input: { advisories: [found.id] } });
                    if (failed === null) navigate(advisoryHref());
                    return failed;
                  }}
                />
              )
            }
          </AnswerFrame>
        </ScrollBox>
      </div>
      <ScrollBox label="Who had it, when" className={classes.middle}>
        <header className={classes.middleHead}>
          <h2>Who had it, when</h2>
          {strips.data !== null && <p>{totalsOf(strips.data.proposeIncident)}</p>}
        </header>
        {record.data?.advisory?.kind === 'VULNERABILITY' && (
          <div className={classes.treat}>
            <Switch
              label="Treat as a compromise"
              description="A vulnerability alone compromises nobody, so it proposes nothing."
              checked={treatAsCompromise}
              onChange={(event) => go({ treatAsCompromise: event.currentTarget.checked, ticks: [] })}
            />
          </div>
        )}
        <AnswerFrame asked={strips} waiting="Comparing lists with the advisory">
          {({ proposeIncident }) =>
            countMatches(proposeIncident) === 0 ? (
              <div className={classes.empty}>
                <h3>No organization matches</h3>
                <p>
                  {proposeIncident.withoutPackageCount === 0
                    ? 'No software list is recorded. Import the lists that your vendors give you.'
                    : `${countOf(proposeIncident.withoutPackageCount, 'organization has', 'organizations have')} lists, none names it.`}
                </p>
              </div>
            ) : (
              <StripRows
                strips={proposeIncident}
                isStale={strips.isStale}
                ticks={proposal.ticks ?? NO_TICKS}
                selected={state.selected}
                onTick={onTick}
                onSelect={(selected) => go({ selected }, 'replace')}
                onOpenList={onOpenList}
                changeStatements={{
                  save: (organization, statement) =>
                    change(SaveStatementDocument, {
                      input: { ...statement, organization, advisory: idOf(record.data?.advisory, advisory) },
                    }),
                  takeBack: (organization, source) =>
                    change(TakeBackAdvisoryDocument, {
                      input: { statements: [{ organization, source, advisory: idOf(record.data?.advisory, advisory) }] },
                    }),
                }}
                letter={record.data?.advisory == null ? null : letterOf(record.data.advisory, proposeIncident.hull)}
                loadAddressees={() => loadAddressees(stripInput.input)}
                load={async (grade: SoftwareGrade, after) => {
                  const { data } = await client.query({ query: MoreStripsDocument, variables: { ...stripInput, grade, after } });
                  return data?.proposeIncident.matches ?? null;
                }}
              />
            )
          }
        </AnswerFrame>
      </ScrollBox>
      <section className={`${classes.side} ${classes.right}`} aria-label="Proposal" data-open={shownSheet === 'proposal' || undefined}>
        <ScrollBox label="Proposed radius" className={classes.rightScroll}>
          <header className={classes.rightHead}>
            <h2>Proposed radius</h2>
            <p>nothing is written yet</p>
          </header>
          <AnswerFrame asked={isFirstShown ? proposal.first : (proposal.ticked ?? proposal.first)} waiting="Computing the proposed radius">
            {({ proposeIncident }) => (
              <ProposalPanel
                proposed={proposeIncident}
                first={state.ticks.length === 0 ? null : (proposal.first.data?.proposeIncident ?? null)}
                isStale={isStale}
                last={state.ticks.length === 0 ? null : lastTick.current}
                onReset={() => go({ ticks: [] })}
              />
            )}
          </AnswerFrame>
        </ScrollBox>
        {shown?.proposeIncident.blastRadius != null && (
          <footer className={classes.rightFoot}>
            {isSaving ? (
              <SaveForm
                suggested={suggestedName(record.data?.advisory ?? null, advisory)}
                discovered={discoveredAt}
                onDiscovered={setDiscoveredAt}
                onSave={save}
                onCancel={() => setSaving(false)}
              />
            ) : (
              <>
                {canWrite() && (
                  <Button className={classes.grow} disabled={isStale} onClick={() => setSaving(true)}>
                    Save as incident
                  </Button>
                )}
                <Button variant="default" disabled={isStale} onClick={() => navigate(graphHref(shown.proposeIncident))}>
                  See the graph
                </Button>
              </>
            )}
          </footer>
        )}
      </section>
      <nav className={classes.sheetBar} aria-label="Advisory and proposal">
        <button type="button" aria-expanded={shownSheet === 'record'} onClick={() => setSheet(shownSheet === 'record' ? null : 'record')}>
          Advisory
        </button>
        <button
          type="button"
          aria-expanded={shownSheet === 'proposal'}
          onClick={() => setSheet(shownSheet === 'proposal' ? null : 'proposal')}
        >
          Proposal
          {shown?.proposeIncident.blastRadius != null && <small>{sheetFigures(shown.proposeIncident)}</small>}
        </button>
      </nav>
    </div>
  );
}

const idOf = (record: AdvisoryRecord | null | undefined, asked: string) => record?.id ?? asked;

/** All who are to be asked, page by page. */
async function loadAddressees(input: ProposalInput, after: string | null = null): Promise<readonly Addressee[]> {
  const { data } = await client.query({ query: OrganizationsToAskDocument, variables: { input, after } });
  if (data === undefined) throw new Error('No answer');
  const { edges, pageInfo } = data.proposeIncident.matches;
  const found = edges.map(({ node }) => node.organization);
  return pageInfo.hasNextPage ? [...found, ...(await loadAddressees(input, pageInfo.endCursor))] : found;
}

/** The letter with the questions to organizations without a list. It names nobody. */
function letterOf({ id, summary, affected }: AdvisoryRecord, { from, until }: Strips['hull']): string {
  const what = affected
    .map(({ package: name, versions }) => `${packageName(name)}${versions.length === 0 ? '' : ` ${joinSome(versions, 8)}`} (${name})`)
    .join('; ');
  const when =
    from === null && until === null
      ? 'Nobody states when it could be installed.'
      : `It could be installed ${from === null ? '' : `from ${formatInstant(from)} `}${until === null ? '' : `until ${formatInstant(until)} `}(UTC).`;
  const before = from === null ? 'your latest one, and each before it' : 'the last from before that time, and each since';
  return [
    `${id}${summary === '' ? '' : `: ${summary}`}`,
    `What is affected: ${what}. ${when}`,
    `1. Please send the software lists (CycloneDX or SPDX) of what you run for us: ${before}.`,
    '2. If there is none: did a system of yours, a build or the machine of a developer have an affected version, or may it have had one?',
    '3. If so: when was it installed, when was it removed, and what of ours could it read?',
  ].join('\n\n');
}

const NO_TICKS: ReadonlyMap<string, Exclude<Tick, 'no'>> = new Map();

function countMatches(strips: Strips): number {
  return (
    strips.noList.totalCount + GRADE_GROUPS.flatMap(({ grades }) => grades).reduce((sum, { page }) => sum + page(strips).totalCount, 0)
  );
}

function totalsOf(strips: Strips): string {
  const named = countMatches(strips) - strips.noList.totalCount;
  return `${countOf(named, 'organization names', 'organizations name')} the package · ${formatCount(strips.noList.totalCount)} without a list`;
}

function sheetFigures({ blastRadius }: Proposed): string {
  return `${formatCount(blastRadius?.summary.exposedCount ?? 0)} exposed, ${formatCount(blastRadius?.summary.possibleCount ?? 0)} possible`;
}

function suggestedName(record: AdvisoryRecord | null, advisory: string): string {
  const first = record?.affected[0];
  if (first === undefined) return advisory;
  const versions = first.versions.length === 0 || first.versions.length > 3 ? '' : ` ${first.versions.join(', ')}`;
  return `${packageName(first.package)}${versions} (${record?.id ?? advisory})`;
}

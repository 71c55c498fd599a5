import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { AssessmentState, IncidentArtifactFragment, Tier } from '../../shared/generated/operations.ts';
import { AssessDocument, IncidentArtifactsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { ASSESSMENT_WORDS, optionsOf } from './incident-words.ts';
import classes from './incidents.module.css';

const TIER_OPTIONS = [
  { value: '', label: 'All tiers' },
  { value: 'EXPOSED', label: 'Exposed' },
  { value: 'POSSIBLE', label: 'Possible' },
  { value: 'CONTAINED', label: 'Contained' },
];

/** The artifacts of the radius and what people found out about each. Findings stand beside the tiers and never change them. */
export function ArtifactsTab({ incident }: { readonly incident: string }) {
  const [tier, setTier] = useState<Tier | ''>('');
  const [lab, setLab] = useState('');
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const variables = useMemo(
    () => ({
      incident,
      tiers: tier === '' ? null : [tier],
      owners: lab === '' ? null : [lab],
      text: text.trim() === '' ? null : text.trim().slice(0, 200),
    }),
    [incident, tier, lab, text],
  );
  const asked = useQuestion(IncidentArtifactsDocument, variables);
  const labs = asked.data?.blastRadius?.labs.edges.map(({ node }) => node) ?? [];
  const toggle = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(picked);
    for (const id of ids) {
      if (isOn) next.add(id);
      else next.delete(id);
    }
    setPicked(next);
  };
  return (
    <section className={classes.card} aria-label="Artifacts and what people found">
      <div className={classes.filters}>
        <NativeSelect
          aria-label="Tier"
          data={TIER_OPTIONS}
          value={tier}
          onChange={(event) => setTier(event.currentTarget.value as Tier | '')}
        />
        <NativeSelect
          aria-label="Lab"
          data={[{ value: '', label: 'All labs' }, ...labs.map(({ lab: { id, name } }) => ({ value: id, label: name }))]}
          value={lab}
          onChange={(event) => setLab(event.currentTarget.value)}
        />
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <AnswerFrame asked={asked} waiting="Computing the radius">
        {({ blastRadius }) =>
          blastRadius === null ? null : (
            <Paged
              first={blastRadius.artifacts}
              load={async (after) =>
                (await client.query({ query: IncidentArtifactsDocument, variables: { ...variables, after } })).data?.blastRadius
                  ?.artifacts ?? null
              }
            >
              {(list) => {
                const ids = list.rows.map(({ artifact }) => artifact.id);
                return (
                  <>
                    {picked.size > 0 && canWrite() && (
                      <AssessForm incident={incident} artifacts={[...picked]} onDone={() => setPicked(new Set())} />
                    )}
                    <DataTable
                      look="plain"
                      isStacked
                      label="List of artifacts"
                      columns={columnsFor(ids, picked, toggle)}
                      rows={list.rows}
                      keyOf={({ artifact }) => artifact.id}
                      isChosen={({ artifact }) => picked.has(artifact.id)}
                      none="No artifact fits."
                    />
                    <div className={classes.foot}>
                      <MoreRowsLine list={list} noun="artifacts" />
                      {picked.size > 0 && (
                        <Button variant="default" size="compact-sm" onClick={() => setPicked(new Set())}>
                          Clear the selection
                        </Button>
                      )}
                    </div>
                  </>
                );
              }}
            </Paged>
          )
        }
      </AnswerFrame>
    </section>
  );
}

/** @param shown ids of the rows that are loaded */
function columnsFor(
  shown: readonly string[],
  picked: ReadonlySet<string>,
  toggle: (ids: readonly string[], isOn: boolean) => void,
): readonly Column<IncidentArtifactFragment>[] {
  return [
    {
      key: 'pick',
      title: (
        <input
          type="checkbox"
          aria-label={`Select the ${formatCount(shown.length)} artifacts shown`}
          checked={shown.length > 0 && shown.every((id) => picked.has(id))}
          onChange={(event) => toggle(shown, event.currentTarget.checked)}
        />
      ),
      cell: ({ artifact }) => (
        <input
          type="checkbox"
          aria-label={`Select ${artifact.name}`}
          checked={picked.has(artifact.id)}
          onChange={(event) => toggle([artifact.id], event.currentTarget.checked)}
        />
      ),
    },
    { key: 'artifact', title: 'Artifact', isName: true, cell: ({ artifact }) => artifact.name },
    { key: 'lab', title: 'Lab', cell: ({ artifact }) => artifact.owner.name },
    {
      key: 'tier',
      title: 'Tier',
      cell: ({ tier }) => (
        <span className={classes.tier}>
          <TierDisc tier={tier} size={12} />
          {tier.charAt(0) + tier.slice(1).toLowerCase()}
        </span>
      ),
    },
    { key: 'loss', title: 'Worst case', isNumber: true, cell: ({ worstCaseLossUsd }) => formatMoney(worstCaseLossUsd) },
    { key: 'found', title: 'What people found', cell: (row) => <Found row={row} /> },
  ];
}

function Found({ row }: { readonly row: IncidentArtifactFragment }) {
  const { assessment } = row;
  if (assessment === null) return <span className={classes.note}>Not reviewed</span>;
  const contradicting = contradictionsOf(row);
  return (
    <>
      <strong>{ASSESSMENT_WORDS[assessment.state]}</strong>
      <small>
        {[assessment.reason, assessment.evidence === null ? null : `Evidence: ${assessment.evidence}`]
          .filter((part) => part !== null)
          .join(' ')}{' '}
        {assessment.by}, {formatDay(assessment.at)}
      </small>
      {contradicting.length > 0 && (
        <small className={classes.warning}>
          <IconAlertTriangle size={14} stroke={1.8} />
          The inventory contradicts this: it shows a plaintext copy in the core window at {joinNames(contradicting)}.
        </small>
      )}
    </>
  );
}

/** The holders of a plaintext copy of its own that was exposed, though people say that it was not disclosed. */
function contradictionsOf({ assessment, ways }: IncidentArtifactFragment): readonly string[] {
  if (assessment?.state !== 'NOT_DISCLOSED') return [];
  const holders = ways
    .filter((way) => way.tier === 'EXPOSED' && way.reveals.length === 0 && way.copy.form === 'PLAINTEXT')
    .map((way) => way.holder.organization.name);
  return [...new Set(holders)];
}

interface AssessFormProps {
  readonly incident: string;
  /** Ids. */
  readonly artifacts: readonly string[];
  readonly onDone: () => void;
}

/** One statement about all selected artifacts. */
function AssessForm({ incident, artifacts, onDone }: AssessFormProps) {
  const announce = useAnnounce();
  return (
    <ChangeForm
      label="What people found"
      look="bar"
      head={<p className={classes.label}>{countOf(artifacts.length, 'artifact', 'artifacts')} selected</p>}
      fields={({ state }) => [
        { name: 'state', label: 'Finding', choices: optionsOf(ASSESSMENT_WORDS) },
        {
          name: 'reason',
          label: state === 'NOT_DISCLOSED' ? 'Reason (needed)' : 'Reason',
          placeholder: 'How it was found out',
          maxLength: 10_000,
        },
        { name: 'evidence', label: 'Evidence', placeholder: 'Where it lies', maxLength: 10_000 },
      ]}
      start={{ state: 'UNDER_INVESTIGATION', reason: '', evidence: '' }}
      submit="Record"
      save={async ({ state, reason, evidence }) => {
        const found = { state: state as AssessmentState, reason: reason || null, evidence: evidence || null };
        const input = { incident, artifacts: [...artifacts], ...found };
        const saved = await askChange(AssessDocument, { input }, (data) => data.setAssessments);
        if (saved instanceof Refused) return saved;
        announce(`Recorded for ${countOf(artifacts.length, 'artifact', 'artifacts')}.`);
        onDone();
      }}
    />
  );
}

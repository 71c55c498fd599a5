import { Button } from '@mantine/core';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { formatDay } from '../../shared/format/instant.ts';
import { DATE_PLACEHOLDER, formatTypedDate } from '../../shared/format/typed-date.ts';
import type { FindingKind, FindingRowFragment, FindingsQuery, FindingsQueryVariables } from '../../shared/generated/operations.ts';
import { AcceptFindingDocument, FindingsDocument } from '../../shared/generated/operations.ts';
import { askLong } from '../../shared/graphql/ask-long.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { SourceNote } from '../../shared/ui/source-note.tsx';
import { exploreHref, linkHref } from '../../shared/url/explore-url.ts';
import { useLocationPart } from '../../shared/url/location.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './data-quality.module.css';

interface FindingListProps {
  readonly first: FindingsQuery['findings'];
  readonly variables: FindingsQueryVariables;
  readonly Correct: ComponentType<CorrectProps>;
  readonly isStale: boolean;
}

/** How far the list of findings is. */
export const progressOf = ({ findings }: FindingsQuery) => findings.progress;

/** The findings of one kind: the sentence, the facts with their sources, and the possible actions. */
export function FindingList({ first, variables, Correct, isStale }: FindingListProps) {
  const list = useMoreRows(first, async (after) => (await askLong(FindingsDocument, { ...variables, after }, { progressOf })).findings);
  if (list.totalCount === 0) return <p className={classes.none}>{variables.isAccepted === true ? 'None is accepted.' : 'None is open.'}</p>;
  return (
    <>
      <ul className={classes.list} data-stale={isStale || undefined}>
        {list.rows.map((finding) => (
          <FindingItem key={finding.id} finding={finding} Correct={Correct} />
        ))}
      </ul>
      <MoreRowsLine list={list} noun="findings" />
    </>
  );
}

function FindingItem({ finding, Correct }: { readonly finding: FindingRowFragment; readonly Correct: ComponentType<CorrectProps> }) {
  const [isAccepting, setAccepting] = useState(false);
  // An acceptance is of now, and so is its list.
  const isNow = useLocationPart(({ params }) => params.get('knownAt') === null);
  const { acceptance, facts, message, kind, id } = finding;
  return (
    <li className={classes.finding}>
      <p className={classes.message}>{message}</p>
      <ul className={classes.facts}>
        {facts.map((fact, place) => {
          const { name, href } = factLink(fact);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a finding have one order, and one may be named twice.
            <li key={place}>
              {href === null ? name : <Link href={href}>{name}</Link>}
              <SourceNote provenance={fact.provenance} />
            </li>
          );
        })}
      </ul>
      {acceptance !== null && (
        <p className={classes.accepted}>
          Accepted by {acceptance.by} on {formatDay(acceptance.at)}
          {acceptance.until === null ? '' : `, until ${formatDay(acceptance.until)}`}: {acceptance.reason}
        </p>
      )}
      <div className={classes.actions}>
        <Correct facts={facts} kind={kind} />
        {canWrite() && isNow && (
          <Button variant="default" size="compact-sm" aria-expanded={isAccepting} onClick={() => setAccepting((open) => !open)}>
            {acceptance === null ? 'Accept' : 'Change the acceptance'}
          </Button>
        )}
      </div>
      {isAccepting && <AcceptForm finding={id} before={acceptance} onDone={() => setAccepting(false)} />}
    </li>
  );
}

type Fact = FindingRowFragment['facts'][number];

/** A fact that a finding names: its name and its address in Explore. Null if Explore does not show it. */
function factLink(fact: Fact): { readonly name: string; readonly href: string | null } {
  switch (fact.__typename) {
    case 'Organization':
      return { name: fact.name, href: exploreHref(`organization:${fact.id}`) };
    case 'Artifact':
      return { name: fact.name, href: exploreHref(`artifact:${fact.id}`) };
    case 'Transfer':
      return {
        name: `transfer ${fact.id}`,
        href: linkHref('TRANSFER', `organization:${fact.sender.id}`, `organization:${fact.recipient.id}`),
      };
    case 'Engagement':
      return {
        name: `engagement ${fact.id}`,
        href: linkHref('ENGAGEMENT', `organization:${fact.client.id}`, `organization:${fact.provider.id}`),
      };
    case 'Control':
      return { name: `evidence of ${fact.organization.name}`, href: exploreHref(`organization:${fact.organization.id}`) };
    case 'Access':
      return { name: `access ${fact.id}`, href: null };
    case 'Reveals':
      return { name: 'reveal', href: null };
  }
}

interface AcceptFormProps {
  readonly finding: string;
  readonly before: FindingRowFragment['acceptance'];
  readonly onDone: () => void;
}

/** Records a person's decision to accept a finding, with a reason and an end date. */
function AcceptForm({ finding, before, onDone }: AcceptFormProps) {
  const announce = useAnnounce();
  return (
    <div className={classes.form}>
      <ChangeForm
        isSmall
        isOpened
        fields={[
          { name: 'reason', label: 'Reason', lines: 2 },
          {
            name: 'until',
            label: 'Until',
            note: 'After this day the finding is open again. Blank: no end.',
            placeholder: DATE_PLACEHOLDER,
            edge: 'end',
          },
        ]}
        start={{ reason: before?.reason ?? '', until: before?.until == null ? '' : formatTypedDate(before.until, 'end') }}
        submit="Accept this finding"
        save={async ({ reason, until }) => {
          const input = { finding, reason, until: until || null };
          const saved = await askChange(AcceptFindingDocument, { input }, (data) => data.acceptFinding);
          if (saved instanceof Refused) return saved;
          announce('Finding accepted.');
          onDone();
        }}
        onCancel={onDone}
      />
    </div>
  );
}

export interface CorrectProps {
  /** The facts of the finding. The first is the one to correct. */
  readonly facts: FindingRowFragment['facts'];
  readonly kind: FindingKind;
}

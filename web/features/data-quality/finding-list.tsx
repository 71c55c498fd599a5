import { Button } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { formatDay } from '../../shared/format/instant.ts';
import {
  type FindingRowFragment,
  FindingsDocument,
  type FindingsQuery,
  type FindingsQueryVariables,
} from '../../shared/generated/operations.ts';
import { askLong } from '../../shared/graphql/ask-long.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { Link } from '../../shared/ui/link.tsx';
import { SourceNote } from '../../shared/ui/source-note.tsx';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { AcceptForm } from './accept-form.tsx';
import type { CorrectProps } from './correct-props.ts';
import classes from './data-quality.module.css';
import { factLink } from './fact-link.ts';

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
        {canWrite() && (
          <Button variant="default" size="compact-sm" aria-expanded={isAccepting} onClick={() => setAccepting((open) => !open)}>
            {acceptance === null ? 'Accept' : 'Change the acceptance'}
          </Button>
        )}
      </div>
      {isAccepting && <AcceptForm finding={id} before={acceptance} onDone={() => setAccepting(false)} />}
    </li>
  );
}

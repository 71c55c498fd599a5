import { Button } from '@mantine/core';
import { useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatInstant } from '../../shared/format/instant.ts';
import type { SoftwareEditionFragment } from '../../shared/generated/operations.ts';
import { TakeBackListDocument } from '../../shared/generated/operations.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './software.module.css';

/** `litellm` of `pkg:pypi/litellm`; the name of a component without a package address. */
export function packageOf({ package: purl, name }: { readonly package: string | null; readonly name: string }): string {
  if (purl === null) return name;
  const short = purl.replace(/^pkg:[^/]+\//, '');
  try {
    return decodeURIComponent(short);
  } catch {
    return short;
  }
}

/** "Sep 24, 2026, 08:50, 1.4.0". A list of unknown date says so. */
export function editionTitle({ describedAt, subjectVersion }: Pick<SoftwareEditionFragment, 'describedAt' | 'subjectVersion'>): string {
  const when = describedAt === null ? 'unknown date' : formatInstant(describedAt);
  return subjectVersion === null ? when : `${when}, version ${subjectVersion}`;
}

/** "12 changed, 3 new, 1 gone", of the changes that are loaded; else only how many. */
export function changesInWords({ totalCount, edges }: SoftwareEditionFragment['changes']): string {
  if (totalCount === 0) return 'nothing changed';
  if (edges.length < totalCount) return `${formatCount(totalCount)} components differ`;
  const fresh = edges.filter(({ node }) => node.before.length === 0).length;
  const gone = edges.filter(({ node }) => node.after.length === 0).length;
  const changed = totalCount - fresh - gone;
  return [
    changed > 0 && `${formatCount(changed)} changed`,
    fresh > 0 && `${formatCount(fresh)} new`,
    gone > 0 && `${formatCount(gone)} gone`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** Takes a wrong list back, after a second click. */
export function TakeBack({ list, onDone }: { readonly list: string; readonly onDone: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!canWrite()) return null;
  const run = async () => {
    const taken = await askChange(TakeBackListDocument, { input: { lists: [list] } }, (data) => data.retractSoftware);
    if (taken instanceof Refused) setProblem(taken.sentence);
    else onDone();
  };
  return (
    <span className={classes.takeBack}>
      {isAsking ? (
        <>
          It leaves every answer.{' '}
          <Button variant="default" size="compact-xs" onClick={run}>
            Retract
          </Button>{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => setAsking(false)}>
            Cancel
          </Button>
        </>
      ) : (
        <Button variant="subtle" size="compact-xs" onClick={() => setAsking(true)}>
          Take this list back
        </Button>
      )}
      {problem !== null && <span role="alert">{problem}</span>}
    </span>
  );
}

/** "3 days", "2 months", "1 year" from an instant until now. */
export function ageOf(instant: string, now: number): string {
  const days = Math.max(0, Math.floor((now - Date.parse(instant)) / 86_400_000));
  if (days < 60) return countOf(days, 'day', 'days');
  if (days < 730) return countOf(Math.floor(days / 30.44), 'month', 'months');
  return countOf(Math.floor(days / 365.25), 'year', 'years');
}

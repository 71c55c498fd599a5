import { useEffect, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { OpenFindingsDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { whenIdle } from '../../shared/ui/lazy-part.tsx';
import classes from './top-bar.module.css';

const NOTHING = {};

/** The number of open findings, beside the tab's word. It waits until the page has nothing else to do. */
export function OpenFindings() {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  const { data } = useQuestion(OpenFindingsDocument, isIdle ? NOTHING : null);
  const open = data?.findingCounts.reduce((sum, count) => sum + count.open, 0) ?? 0;
  if (open === 0) return null;
  return (
    <>
      <span className={classes.open} aria-hidden="true">
        {formatCount(open)}
      </span>
      <span className="visually-hidden">, {countOf(open, 'open finding', 'open findings')}</span>
    </>
  );
}

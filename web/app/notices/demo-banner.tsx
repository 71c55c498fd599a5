import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import { UndoDialog } from '../../features/import/report/undo-dialog.tsx';
import { DemoDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { Link } from '../../shared/ui/link.tsx';
import classes from './demo-banner.module.css';

const NOTHING = {};
/** Source of the demo import. Must match the server's demo loader. */
const DEMO_SOURCE = 'demo world';
const HIDDEN_KEY = 'exposure-demo-banner-hidden';

/** Says that the data is fictional while the store holds the demo world, and offers to import real data or remove the demo. */
export function DemoBanner() {
  const { data } = useQuestion(DemoDocument, NOTHING);
  const [isHidden, setHidden] = useState(() => sessionStorage.getItem(HIDDEN_KEY) !== null);
  const [isAsking, setAsking] = useState(false);
  const demo = data?.imports.edges.map((edge) => edge.node).find((node) => node.source === DEMO_SOURCE && node.state === 'COMMITTED');
  if (data?.about.isDemo !== true || isHidden) return null;
  const hide = () => {
    sessionStorage.setItem(HIDDEN_KEY, 'yes');
    setHidden(true);
  };
  return (
    <aside className={classes.banner} aria-label="Demo data">
      <p>
        <strong>Demo data.</strong> Every organization here is fictional.
      </p>
      <Link href="/import">Import your own data</Link>
      {demo !== undefined && (
        <button type="button" className={classes.remove} onClick={() => setAsking(true)}>
          Remove demo data
        </button>
      )}
      <CloseButton size="sm" ml="auto" aria-label="Hide this notice" onClick={hide} />
      <UndoDialog of={isAsking && demo !== undefined ? demo : null} onClose={() => setAsking(false)} />
    </aside>
  );
}

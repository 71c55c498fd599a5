import { useState } from 'react';
import { UndoDialog } from '../../features/import/report/undo-dialog.tsx';
import { DemoDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { Link } from '../../shared/ui/link.tsx';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './demo-banner.module.css';

const NOTHING = {};
/** Source of the demo import. Must match the server's demo loader. */
const DEMO_SOURCE = 'demo world';

/** While the store holds the demo world, says that the data is fictional, and offers to import real data or remove the demo. */
export function DemoBanner() {
  const { data } = useQuestion(DemoDocument, NOTHING);
  const [isAsking, setAsking] = useState(false);
  const demo = data?.imports.edges.map((edge) => edge.node).find((node) => node.source === DEMO_SOURCE && node.state === 'COMMITTED');
  if (data?.about.isDemo !== true) return null;
  return (
    <aside className={classes.banner} aria-label="Demo data">
      <p>
        <strong>Demo data.</strong> Its organizations are fictional.
      </p>
      {canWrite() && <Link href="/import">Import your own data</Link>}
      {demo !== undefined && canWrite() && (
        <button type="button" className={classes.remove} onClick={() => setAsking(true)}>
          Remove demo data
        </button>
      )}
      <UndoDialog of={isAsking && demo !== undefined ? demo : null} onClose={() => setAsking(false)} />
    </aside>
  );
}

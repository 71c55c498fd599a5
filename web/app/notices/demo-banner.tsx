import { useState } from 'react';
import { DemoDocument, DemoImportDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { useLocation } from '../../shared/url/location.ts';
import { DEMO_SOURCE } from '../../shared/viewer/demo-source.ts';
import { firstVisit } from '../../shared/viewer/first-visit.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './demo-banner.module.css';

const UndoDialog = lazyPart(async () => (await import('../../features/import/report/undo-dialog.tsx')).UndoDialog, { isDialog: true });

const FirstVisit = lazyPart(async () => (await import('../../features/start/first-visit.tsx')).FirstVisit);

const NOTHING = {};

/** While the store holds the demo world, says that the data is fictional, and offers to import real data or remove the demo. */
export function DemoBanner() {
  const { data } = useQuestion(DemoDocument, NOTHING);
  const isDemo = data?.about.isDemo === true;
  // Asked apart: while the database is away, the imports are unknown, and the data is as fictional as before.
  const { data: found } = useQuestion(DemoImportDocument, isDemo ? NOTHING : null);
  const { path } = useLocation();
  const [isAsking, setAsking] = useState(false);
  const demo = found?.imports.edges.map((edge) => edge.node).find((node) => node.source === DEMO_SOURCE && node.state === 'COMMITTED');
  if (!isDemo) return null;
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
      {firstVisit() === 'open' && path === '/blast' && <FirstVisit />}
      {isAsking && demo !== undefined && <UndoDialog of={demo} onClose={() => setAsking(false)} />}
    </aside>
  );
}

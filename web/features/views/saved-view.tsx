import { useEffect, useMemo } from 'react';
import { SavedViewDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { navigate } from '../../shared/url/location.ts';
import classes from './views.module.css';

/** Opens a saved view in place of its own address. */
export function SavedView({ id }: { readonly id: string }) {
  const variables = useMemo(() => ({ id }), [id]);
  const asked = useQuestion(SavedViewDocument, variables);
  const { question } = asked;
  const url = asked.data?.view?.url;
  useEffect(() => {
    if (url !== undefined) navigate(url, 'replace', true);
  }, [url]);
  if (question.phase === 'failed') return <FailedLine asked={asked} missing="The saved view could not be opened." />;
  if (question.phase !== 'answered' || url !== undefined) return <p className={classes.missing}>Opening the saved view …</p>;
  return (
    <div className={classes.missing}>
      <h1>This saved view no longer exists</h1>
      <p>
        Somebody deleted it, or the address is incomplete. <Link href="/explore">Go to Explore</Link>
      </p>
    </div>
  );
}

import { Link } from '../../shared/ui/link.tsx';
import { answerHref } from '../../shared/url/import-url.ts';
import { exportHref } from '../../shared/url/shared-parameters.ts';
import { canExport, canWrite } from '../../shared/viewer/viewer.ts';

interface QuestionnaireLinksProps {
  readonly holder: string;
  readonly name: string;
}

/** The questions to an organization, to send or to print, and the way in for its answer. */
export function QuestionnaireLinks({ holder, name }: QuestionnaireLinksProps) {
  const query = new URLSearchParams({ holder });
  return (
    <>
      {canExport() && (
        <>
          <a href={exportHref(`/api/holdings.csv?${query}`)} download>
            Questionnaire (CSV)
          </a>
          {' · '}
          <a href={exportHref(`/api/questionnaire.pdf?${query}`)} download>
            To print (PDF)
          </a>
        </>
      )}
      {canExport() && canWrite() && ' · '}
      {canWrite() && (
        <Link href={answerHref(holder)} aria-label={`Import their answer: ${name}`}>
          Import their answer
        </Link>
      )}
    </>
  );
}

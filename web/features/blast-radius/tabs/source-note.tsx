import { formatDay } from '../../../shared/format/instant.ts';
import type { FactSourceFragment } from '../../../shared/generated/operations.ts';
import { Link } from '../../../shared/ui/link.tsx';
import classes from './artifact-detail.module.css';

/** Where a fact comes from: file and line, or the person; a document that supports it in the title. Leads to the import that brought it. */
export function SourceNote({ provenance }: { readonly provenance: FactSourceFragment }) {
  const { file, line, assertedBy, assertedAt, source } = provenance;
  const where = file === null ? `entered by ${assertedBy}` : line === null ? file : `${file}, line ${line}`;
  const title = `Asserted on ${formatDay(assertedAt)} by ${assertedBy}${source === null ? '' : `. Source: ${source}`}`;
  if (provenance.import === null) {
    return (
      <span className={classes.source} title={title}>
        {where}
      </span>
    );
  }
  const query = line === null ? '' : `?${new URLSearchParams({ line: String(line) })}`;
  return (
    <Link className={classes.source} href={`/import/${encodeURIComponent(provenance.import.id)}${query}`} title={title}>
      {where}
    </Link>
  );
}

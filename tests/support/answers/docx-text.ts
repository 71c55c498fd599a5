import { strFromU8, unzipSync } from 'fflate';

/** A DOCX as far as the tests read it. */
export interface ReadDocx {
  /** The letters of the body in order, without white space. */
  readonly text: string;
  /** Every part of the archive besides the body, without the instants of writing. */
  readonly rest: string;
}

export function readDocx(bytes: Uint8Array): ReadDocx {
  const parts = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)] as const);
  const body = parts.find(([name]) => name === 'word/document.xml')?.[1] ?? '';
  const text = [...body.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, letters]) => toLetters(letters as string)).join('');
  const rest = parts
    .filter(([name]) => name !== 'word/document.xml')
    .map(([name, content]) => `${name}\n${content.replace(/<dcterms:(created|modified)[\s\S]*?<\/dcterms:\1>/g, '')}`)
    .sort()
    .join('\n');
  return { text: text.replace(/\s+/g, ''), rest };
}

function toLetters(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}

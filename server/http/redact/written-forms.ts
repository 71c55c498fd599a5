import { joinValues } from '../../domain/canonical-values.ts';
import { showHidden } from '../../domain/names/hidden-characters.ts';
import { escapeMarkdown } from '../../export/document/document-markdown.ts';
import { escapeCalendarText } from '../../export/pack/notices-calendar.ts';

/** Texts that every format writes as they are. */
const isPlain = (text: string) => /^[A-Za-z0-9.-]*$/.test(text);

/**
 * The other forms in which an answer may hold a text: an item of a list, hidden characters as escapes, Markdown, a calendar, JSON within JSON, and, for an id, the parts of the
 * ids of findings and of the steps of a plan, and of addresses.
 */
export function writtenForms(text: string, isId: boolean): string[] {
  if (isPlain(text)) return [];
  const shown = showHidden(text);
  const forms = [
    shown,
    joinValues([shown]),
    joinValues([text]),
    escapeMarkdown(text),
    escapeCalendarText(text),
    JSON.stringify(text).slice(1, -1),
  ];
  if (isId) forms.push(encodeURIComponent(text), new URLSearchParams([['', text]]).toString().slice(1));
  return [...new Set(forms)].filter((form) => form !== text);
}

/** Whether a text is an instant as this program writes it: a figure, even if an id begins with the same digits. */
export function isInstantText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(text);
}

import type { NoticeStanding } from '../domain/records/incident-log.ts';
import type { NoticeDue } from '../exposure/radius/notices.ts';
import type { Projection } from '../projection/projection.ts';
import { printedLine } from './document/document.ts';

/** Bytes of a line of a calendar file (RFC 5545, 3.1). */
const maxLineBytes = 75;

/**
 * The open notices that have a term, as a calendar file (RFC 5545): one event for each notice, at the instant it is due.
 *
 * @param incident id and name of the incident
 */
export function noticesCalendar(
  { organizations }: Projection,
  notices: readonly (NoticeDue & NoticeStanding)[],
  incident: { readonly id: string; readonly name: string },
  preparedAt: number,
): string {
  const events = notices.flatMap(({ lab, notifier, dueAt, state }) => {
    if (dueAt === null || state !== 'TO_TELL') return [];
    const by = notifier < 0 ? 'the owner of the incident' : organizations.name.get(notifier);
    const key = [incident.id, organizations.id.get(lab), notifier < 0 ? '' : organizations.id.get(notifier)];
    return [
      'BEGIN:VEVENT',
      `UID:${key.map(encodeURIComponent).join('/')}`,
      `DTSTAMP:${formatUtc(preparedAt)}`,
      `DTSTART:${formatUtc(dueAt)}`,
      `SUMMARY:${escapeCalendarText(`Due: ${organizations.name.get(lab)} must be told by ${by}`)}`,
      `DESCRIPTION:${escapeCalendarText(incident.name)}`,
      'END:VEVENT',
    ];
  });
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Exposure Graph//Notices//EN', ...events, 'END:VCALENDAR'];
  return lines.map((line) => `${foldCalendarLine(line)}\r\n`).join('');
}

/** `20260924T083000Z`. */
function formatUtc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** A text as a value of a calendar file (RFC 5545, 3.3.11). */
export function escapeCalendarText(text: string): string {
  return printedLine(text).replace(/[\\;,]/g, '\\$&');
}

/** Changes each line of a calendar file, whole again where it was folded. */
export function eachCalendarLine(calendar: string, change: (line: string) => string): string {
  const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
  return lines.map((line) => foldCalendarLine(change(line))).join('\r\n');
}

/** A long line continues on the next one, after a space. No character is cut. */
function foldCalendarLine(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > maxLineBytes) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += letter;
    bytes += size;
  }
  return folded;
}

import { forwardQuestion, futureSuspension } from '../../web/features/what-if/what-if-words.ts';
import { parseBlastState } from '../../web/shared/url/blast-radius-url.ts';
import type { ScenarioStep } from '../../web/shared/url/scenario-url.ts';
import { describe, expect, it } from '../support/test.ts';

const subject = {
  origins: ['quillmark'],
  suspects: [],
  options: { maxHops: 2, transferLikelihood: 0.1, minDegree: 0.2 },
  widest: { from: '2026-09-19T00:00:00Z', to: '2026-10-01T23:59:59.999Z' },
};
const suspend = (at: string): ScenarioStep => ({ kind: 'SUSPEND', id: 'quillmark', owner: null, at });

describe('[W645] an action after both windows', () => {
  it('offers the question that looks forward: the day after it, with the actions and without', () => {
    const actions = [suspend('2026-11-30T00:00:00.000Z'), suspend('2026-09-20T00:00:00.000Z')];
    const forward = forwardQuestion(actions, subject);
    expect(forward?.day).toBe('Dec 1, 2026');
    const state = parseBlastState(new URL(`http://page${forward?.href}`).searchParams);
    const day = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-01T23:59:59.999Z' };
    expect(state).toMatchObject({
      origins: ['quillmark'],
      incident: null,
      core: day,
      widest: day,
      maxHops: 2,
      transferLikelihood: 0.1,
      minDegree: 0.2,
      actions,
    });
    expect(forwardQuestion([suspend('2026-11-30T18:30:00Z')], subject)?.day).toBe('Dec 1, 2026');
  });

  it('is not offered while the actions come in time', () => {
    expect(forwardQuestion([suspend('2026-10-01T23:59:59.999Z')], subject)).toBeNull();
    expect(forwardQuestion([], subject)).toBeNull();
  });

  it('is offered for a suspension of all origins from tomorrow, unless a window reaches that far', () => {
    const origins = {
      ...subject,
      organizations: [
        { id: 'quillmark', name: 'Quillmark' },
        { id: 'bluefinch', name: 'Bluefinch' },
      ],
    };
    const ahead = futureSuspension(origins, Date.parse('2026-11-29T15:00:00Z'));
    expect(ahead?.label).toBe('Suspend Quillmark from Nov 30, 2026, with a compromise on Dec 1, 2026');
    expect(ahead?.href).toBe(forwardQuestion([suspend('2026-11-30T00:00:00.000Z')], subject)?.href);
    expect(futureSuspension(origins, Date.parse('2026-09-30T15:00:00Z'))).toBeNull();
  });
});

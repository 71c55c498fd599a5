import { describeWindows } from '../../../server/exposure/sentence-formats.ts';
import { describe, expect, it } from '../../support/test.ts';

const at = (text: string) => Date.parse(text);
const window = (from: string, to: string) => ({ from: at(from), to: at(to) });

describe('the windows of an incident in words', () => {
  it('[G304] name certain and possible times, and say where no window is known', () => {
    const core = window('2026-09-24T08:30:00Z', '2026-09-24T11:25:00Z');
    const widest = window('2026-09-19T00:00:00Z', '2026-10-01T23:59:59.999Z');
    expect(describeWindows({ core, widest })).toBe(
      'The attacker was certainly inside from Sep 24, 2026, 08:30 UTC to Sep 24, 2026, 11:25 UTC, and may have been inside from Sep 19, 2026 to Oct 1, 2026.',
    );
    expect(describeWindows({ core: widest, widest })).toBe('The attacker was certainly inside from Sep 19, 2026 to Oct 1, 2026.');
    const now = window('2026-11-26T02:34:00Z', '2026-11-26T02:34:00Z');
    expect(describeWindows({ core: now, widest: now })).toBe(
      'When the attacker was inside is not known yet. This counts what was held on Nov 26, 2026, 02:34 UTC.',
    );
  });
});

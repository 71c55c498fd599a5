/* How sentences of explanations say instants and shares: in English and UTC, for people. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

/** Days that were said lately: those of facts repeat, and a calendar is slow. */
const days = new Map<number, string>();
const mostDays = 4096;

/** "4 May 2026" in UTC, with "08:30" where it is not midnight. */
export function formatDay(instant: number): string {
  const day = Math.floor(instant / dayMs);
  let text = days.get(day);
  if (text === undefined) {
    const date = new Date(instant);
    text = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
    if (days.size >= mostDays) days.clear();
    days.set(day, text);
  }
  const minutes = Math.floor((instant - day * dayMs) / 60_000);
  return instant === day * dayMs ? text : `${text} ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** As formatDay, of an exclusive end: at midnight it is the day before that ended. */
export function formatLastDay(instant: number): string {
  return formatDay(instant % dayMs === 0 ? instant - dayMs : instant);
}

/** "40 %", with one digit more below 10 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 10 && !Number.isInteger(percent) ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function sayCopies(count: number): string {
  return count === 1 ? '1 copy' : `${count} copies`;
}

/* How sentences of explanations say instants and shares: in English and UTC, for people. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "4 May 2026" in UTC, with "08:30" where it is not midnight. */
export function formatDay(instant: number): string {
  const date = new Date(instant);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return instant % 86_400_000 === 0 ? day : `${day} ${date.toISOString().slice(11, 16)}`;
}

/** As formatDay, of an exclusive end: at midnight it is the day before that ended. */
export function formatLastDay(instant: number): string {
  return formatDay(instant % 86_400_000 === 0 ? instant - 86_400_000 : instant);
}

/** "40 %", with one digit more below 10 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 10 && !Number.isInteger(percent) ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function sayCopies(count: number): string {
  return count === 1 ? '1 copy' : `${count} copies`;
}

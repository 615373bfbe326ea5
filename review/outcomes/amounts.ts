const MEBI = 2 ** 20;
const MEGA = 1_000_000;

/** An amount as a quota or a range would state it: `4Gi`, `600M`, `1.5`, `5m`. */
export function amountText(word: string, amount: number): string {
  if (!word.includes('memory')) {
    return amount < 1 && amount > 0 ? `${Math.round(amount * 1000)}m` : String(Math.round(amount * 1000) / 1000);
  }
  if (amount % MEBI !== 0 && amount % MEGA === 0) return `${amount / MEGA}M`;
  return amount % (1024 * MEBI) === 0 ? `${amount / 1024 / MEBI}Gi` : `${Math.ceil(amount / MEBI)}Mi`;
}

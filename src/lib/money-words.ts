/** Four decimals: finer than any price, coarser than the noise of binary fractions. */
export function roundedMoney(value: number): number {
  const result = Math.round(value * 10_000) / 10_000;
  return result === 0 ? 0 : result;
}

/** `$1.40`; a third decimal only where there is something in it. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(3).replace(/0$/, '')}`;
}

/** `$0.21 (1.5 units)`; with `play`, the sandbox's: `$0.21 play money (1.5 units)`. */
export function moneyWords(units: number, { usdPerUnit, play = false }: { usdPerUnit: number; play?: boolean }): string {
  const sign = units < 0 ? '-' : '';
  const amount = roundedMoney(Math.abs(units));
  return `${sign}${dollars(roundedMoney(amount * usdPerUnit))}${play ? ' play money' : ''} (${sign}${amount} ${amount === 1 ? 'unit' : 'units'})`;
}

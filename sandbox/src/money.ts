/** Currencies and the amounts Stripe takes in them (docs.stripe.com/currencies). Amounts are in minor units. */

/** Least charge by settlement currency, in minor units. Other currencies are converted; the sandbox has no rates. */
const LEAST_AMOUNT: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
};

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
/** Written with two decimals, which must be 00. */
const WHOLE_UNITS_ONLY = new Set(['isk', 'ugx']);
const MOST_DIGITS: Readonly<Record<string, number>> = { inr: 9, idr: 12 };

const CURRENCIES = new Set(
  (
    'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny ' +
    'cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk ' +
    'jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr ' +
    'mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos ' +
    'srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw'
  ).split(' '),
);

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

export function leastAmount(currency: string): number {
  return LEAST_AMOUNT[currency] ?? 1;
}

export function mostAmount(currency: string): number {
  return 10 ** (MOST_DIGITS[currency] ?? 8) - 1;
}

/** An amount's last digits must be zero in these currencies; 1 where every amount will do. */
export function smallestStep(currency: string): number {
  if (WHOLE_UNITS_ONLY.has(currency)) return 100;
  return THREE_DECIMAL.has(currency) ? 10 : 1;
}

/** `$0.50 usd` as Stripe writes least amounts; other currencies without a sign. */
export function writtenAmount(amount: number, currency: string): string {
  const decimals = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  const number = (amount / 10 ** decimals).toFixed(decimals);
  const sign = { usd: '$', eur: '€', gbp: '£', jpy: '¥' }[currency] ?? '';
  return `${sign}${number} ${currency}`;
}

/** Stripe's price for a domestic card: 2.9 % and 30 minor units, rounded to the nearest unit. */
export function stripeFee(amount: number): number {
  return Math.min(Math.round(amount * 0.029) + 30, amount);
}

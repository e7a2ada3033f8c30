import type { FiguresApp } from '../app/figures/count-events.ts';
import { sumNextHours } from '../app/figures/sum-figures.ts';
import { setTurn, takeTurn } from '../db/settings.ts';

/** An hour that is over may be read from the timeline for a little longer, in milliseconds. */
const interval = 60_000;
/** Steps in one round, with a rest after them: a shop that sums its years must go on selling. */
const stepsARound = 5;

/** Sums hours that are over, in whichever process has the turn. Years that were never summed take many rounds. */
export async function runFigures(app: FiguresApp): Promise<number> {
  if (!(await takeTurn(app.database, 'figures', { now: app.clock.now(), interval }))) return 0;
  for (let step = 0; step < stepsARound; step += 1) if (!(await sumNextHours(app))) return 0;
  await app.database.transaction((tx) => setTurn(tx, 'figures', app.clock.now()));
  return 0;
}

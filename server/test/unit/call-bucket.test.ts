import { describe, expect, it } from 'vitest';
import { makeBucket } from '../../src/jobs/bucket.ts';

describe('a bucket of calls', () => {
  const start = () => {
    let now = 1_000_000;
    const bucket = makeBucket({ now: () => now }, { perSecond: 10, most: 20 });
    return { bucket, wait: (milliseconds: number) => (now += milliseconds) };
  };

  it('gives what it holds, then ten a second, and never saves up more than it holds', () => {
    const { bucket, wait } = start();
    expect([bucket.take(15), bucket.take(15), bucket.take(15)]).toEqual([15, 5, 0]);
    wait(1_000);
    expect([bucket.take(15), bucket.take(15)]).toEqual([10, 0]);
    wait(60_000);
    expect([bucket.take(100), bucket.take(100)]).toEqual([20, 0]);
  });

  it('gives no more when it is asked often', () => {
    const { bucket, wait } = start();
    let taken = 0;
    for (let step = 0; step < 1_000; step += 1) {
      taken += bucket.take(10);
      wait(10);
    }
    expect(taken).toBeLessThanOrEqual(20 + 100);
    expect(taken).toBeGreaterThanOrEqual(100);
  });

  it('gives nothing during a pause', () => {
    const { bucket, wait } = start();
    bucket.pause(30_000);
    wait(29_000);
    expect(bucket.take(10)).toBe(0);
    wait(1_000);
    expect(bucket.take(10)).toBe(10);
  });
});

/**
 * A clock for lifetimes (UTC milliseconds). It follows the wall clock forwards and never goes back:
 * while the wall clock lags behind what has passed, elapsed time counts on. Without it, setting the
 * clock back would lengthen every session (C-3).
 */
export function steadyClock(wall: () => number, elapsed: () => number): () => number {
  let latest = wall();
  let latestElapsed = elapsed();
  return () => {
    const elapsedNow = elapsed();
    latest = Math.max(wall(), latest + elapsedNow - latestElapsed);
    latestElapsed = elapsedNow;
    return Math.floor(latest);
  };
}
